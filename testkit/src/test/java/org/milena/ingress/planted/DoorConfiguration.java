package org.milena.ingress.planted;

import org.jspecify.annotations.NullMarked;

@NullMarked
public class DoorConfiguration {}
