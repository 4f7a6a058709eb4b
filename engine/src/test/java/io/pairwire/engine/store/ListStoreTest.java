package io.pairwire.engine.store;

/** The yardstick of the contract fulfils it itself. */
class ListStoreTest extends UnmatchedStoreContract {
    @Override
    protected UnmatchedStore.Factory factory() {
        return ListStore::new;
    }

    @Override
    protected int plentyOfEntries() {
        return 1_000;
    }
}
