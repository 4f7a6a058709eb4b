package io.pairwire.examples;

import io.pairwire.engine.store.UnmatchedStore;
import io.pairwire.engine.store.UnmatchedStoreContract;

class JavaStoreTest extends UnmatchedStoreContract {
    @Override
    protected UnmatchedStore.Factory factory() {
        return JavaStore::new;
    }
}
