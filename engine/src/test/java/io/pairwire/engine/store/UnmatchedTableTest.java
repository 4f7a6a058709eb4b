package io.pairwire.engine.store;

class UnmatchedTableTest extends UnmatchedStoreContract {
    @Override
    protected UnmatchedStore.Factory factory() {
        return UnmatchedTable::new;
    }
}
