/**
 * Addresses that other archives gave to lists and posts, and that stand in mails, bug reports and
 * commits for good: HyperKitty, Pipermail, Pony Mail, MHonArc and public-inbox.
 *
 * <p>Promises: an address is read, never followed; where it leads is made of what was found alone.
 * Touches nothing but its port.
 */
@NullMarked
package org.milena.archive.former;

import org.jspecify.annotations.NullMarked;
