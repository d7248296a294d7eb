package org.milena.common.operations;

import java.util.function.LongSupplier;

/**
 * Something of which an operator wants to know how much waits: for a person, or for its next try.
 *
 * @param what in words, in the plural: {@code held posts}
 * @param forWhat what ends the waiting, as the rest of a sentence: {@code for a moderator}
 * @param count how much waits now; quick, from memory
 */
public record Waiting(String what, String forWhat, LongSupplier count) {}
