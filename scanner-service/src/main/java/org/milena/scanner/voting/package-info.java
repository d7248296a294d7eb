/**
 * Makes one decision of what several engines say, by the policy of the site or of a list.
 *
 * <p>Promises that one positive suffices whatever the policy says, that an engine without an answer
 * never counts as one that found nothing, and that no mail passes which no antivirus engine has
 * read to its end, where there is one.
 *
 * <p>Touches nothing: a pure function of words, policy and age.
 *
 * <p>Why: what "all must agree" means is read in one table, {@link
 * org.milena.scanner.voting.Standing}.
 */
@NullMarked
package org.milena.scanner.voting;

import org.jspecify.annotations.NullMarked;
