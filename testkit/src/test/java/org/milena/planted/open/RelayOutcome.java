package org.milena.planted.open;

import org.jspecify.annotations.NullMarked;

@NullMarked
interface RelayOutcome {}
