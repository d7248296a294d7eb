package org.milena.archive.marking;

/**
 * A word in a text that was looked for.
 *
 * @param from where it begins in the text
 * @param until where it ends, excluded
 * @param phrase which of those that are looked for, from 0
 */
record Mark(int from, int until, int phrase) {}
