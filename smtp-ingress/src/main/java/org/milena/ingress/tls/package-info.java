/**
 * Who we are in TLS: the certificate the operator gave us, or one we made ourselves at the first
 * start.
 *
 * <p>Promises that there always is one, so that mail between hosts is encrypted without anybody's
 * doing; and that the key we made can be read by its owner only.
 *
 * <p>Touches files and BouncyCastle.
 *
 * <p>Why self-signed at all: hosts that send mail do not check the name unless told to (RFC 7435),
 * and encryption to nobody in particular still stops those who only listen.
 */
@NullMarked
package org.milena.ingress.tls;

import org.jspecify.annotations.NullMarked;
