/**
 * Who may submit mail: checks a name and an app password against the directory.
 *
 * <p>Promises that an unknown name costs as much time as a known one, and that an old view of the
 * directory answers "later", never "no".
 *
 * <p>Touches the {@code Directory}. App passwords are made elsewhere; only their verifiers are seen
 * here (RFC 5803).
 */
@NullMarked
package org.milena.ingress.auth;

import org.jspecify.annotations.NullMarked;
