package org.milena.planted.edges.web;

import org.jspecify.annotations.NullMarked;

@NullMarked
public class Page {}
