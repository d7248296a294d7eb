package org.milena.common.event;

import java.time.Instant;

/**
 * Belongs to a mail the scanner keeps back.
 *
 * @param mail with the scan report that says why
 * @param reason a sentence for the operator
 */
public record QuarantineMeta(MailMeta mail, String reason, Instant at) {}
