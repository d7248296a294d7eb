package org.milena.egress.personal;

import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;

/**
 * What is the recipient's own.
 *
 * @param prefix header fields that stand before the message; may be empty
 */
public record Copy(ReversePath reversePath, RawMessage prefix) {}
