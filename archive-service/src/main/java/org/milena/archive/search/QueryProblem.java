package org.milena.archive.search;

/**
 * Why a query can't be asked, and where.
 *
 * @param reason one sentence or two for whoever typed it
 * @param from where the piece begins that is wrong, in characters (UTF-16) from 0
 * @param until where it ends, excluded; more than {@code from}, or the end of the query
 */
public record QueryProblem(String reason, int from, int until) {}
