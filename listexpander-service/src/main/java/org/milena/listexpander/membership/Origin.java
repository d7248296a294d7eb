package org.milena.listexpander.membership;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.MailId;

/**
 * Where a request comes from.
 *
 * @param cause the mail that asks, or a name for the command
 * @param network of the client, as {@link Networks} writes it; null when nobody knows it, or who
 *     asks is proven
 * @param at when
 */
public record Origin(MailId cause, @Nullable String network, Instant at) {}
