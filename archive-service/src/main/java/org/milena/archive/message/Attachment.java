package org.milena.archive.message;

import org.jspecify.annotations.Nullable;

/**
 * A part of a message that is not its text.
 *
 * @param part where it stands: {@code 2.1} is the first part of the second part
 * @param name a file name without folders; never empty
 * @param type media type in lower case, as the message claims
 * @param detected media type that its octets have, where that is another; else null
 * @param size of the content, decoded, in octets
 * @param sha256 of the content, decoded, in lower-case hex
 */
public record Attachment(
    String part, String name, String type, @Nullable String detected, long size, String sha256) {}
