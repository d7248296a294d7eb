package org.milena.planted.edge.kafka;

import org.jspecify.annotations.NullMarked;

@NullMarked
public class Topic {}
