/**
 * Posts that are written on the web.
 *
 * <p>Promises that what somebody who is signed in writes becomes an ordinary mail: it goes where
 * mail goes that was submitted by SMTP, as that of the same account, before it is told to be on its
 * way. No rule for posts is passed by, and nothing that stands in a field of the form can be more
 * than the one field of the header that it is meant for.
 *
 * <p>Touches {@code common}, and the writer of address fields in {@code preparation}. Knows neither
 * the rules for posts nor the tables of a list.
 *
 * <p>Why not by SMTP to our own ingress: that wants a password, which whoever is signed in with a
 * session or a token has not given us.
 */
@NullMarked
package org.milena.listexpander.submission;

import org.jspecify.annotations.NullMarked;
