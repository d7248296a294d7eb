package org.milena.common.event;

import java.time.Instant;
import org.milena.common.mail.MailId;

/** A post already expanded; kept for seven days against clients that send again. */
public record SeenPost(MailId mailId, Instant at) {}
