package org.milena.planted.wired.app;

import org.jspecify.annotations.NullMarked;

@NullMarked
public class Wiring {}
