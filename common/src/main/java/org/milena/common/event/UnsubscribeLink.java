package org.milena.common.event;

import org.milena.common.mail.MailAddress;

/**
 * What egress needs to give each recipient an own {@code List-Unsubscribe} (RFC 2369, RFC 8058).
 *
 * @param urlPrefix {@code https://…/unsubscribe/}, the recipient's token is appended
 * @param mailto the list's address for leaving by e-mail
 */
public record UnsubscribeLink(String urlPrefix, MailAddress mailto) {}
