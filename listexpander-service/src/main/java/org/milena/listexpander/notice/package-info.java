/**
 * Mail that the list writes itself: answers to commands, confirmations, notices about held and
 * rejected posts.
 *
 * <p>Promises (RFC 3834): nothing automatic is ever answered, an address gets a bounded number of
 * answers a day, and what we write says that no person wrote it.
 *
 * <p>Touches {@code common}, the ledger and expansion.
 *
 * <p>Why a room of its own: a mailing list that answers is a tool for flooding others, so there is
 * one door for all answers.
 */
@NullMarked
package org.milena.listexpander.notice;

import org.jspecify.annotations.NullMarked;
