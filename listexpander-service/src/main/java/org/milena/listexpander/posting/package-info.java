/**
 * Decides about a post: rules in one table give accept, hold, reject or discard, with every reason.
 *
 * <p>Promises that a rule cannot alter a message, that no rule sees what preparation changed, and
 * that every rule that hit is in the decision. That a password for moderators is never shown.
 *
 * <p>Touches {@code common}, the ledger and patterns; mime4j for the encoding of parts. Rules read
 * no table: what is to be known stands in {@link org.milena.listexpander.posting.PostFacts}.
 *
 * <p>Why: an owner who asks "why was this held?" gets the whole answer, and policy is read on one
 * screen: {@link org.milena.listexpander.posting.PostingRules}.
 */
@NullMarked
package org.milena.listexpander.posting;

import org.jspecify.annotations.NullMarked;
