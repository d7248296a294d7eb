/**
 * To whom we may be asked to bring mail: which addresses are lists, roles, relayed domains, and
 * which are none of our business.
 *
 * <p>Promises that nothing is relayed which no rule here names: there is no trusted network, and an
 * address is never taken apart for another one inside it ({@code user%host}, {@code host!user},
 * source routes). A view of the directory that is not fresh never makes a final "no".
 *
 * <p>Touches the {@code Directory}.
 *
 * <p>Why: whoever accepts and then bounces sends mail to strangers, so the answer is given at RCPT.
 */
@NullMarked
package org.milena.ingress.address;

import org.jspecify.annotations.NullMarked;
