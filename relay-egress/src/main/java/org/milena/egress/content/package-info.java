/**
 * The messages that are being sent, each in memory once however many it goes to.
 *
 * <p>Promises to hold no more octets than its budget, one message larger than that excepted, and
 * that what a delivery points at was checked before anybody gets it.
 *
 * <p>Touches {@code common.stage} and {@code session}.
 */
@NullMarked
package org.milena.egress.content;

import org.jspecify.annotations.NullMarked;
