package org.milena.archive.message;

/**
 * A part of a message that is not its text.
 *
 * @param part where it stands: {@code 2.1} is the first part of the second part
 * @param name a file name without folders; never empty
 * @param type media type in lower case, as the message claims
 * @param size of the content, decoded, in octets
 */
public record Attachment(String part, String name, String type, long size) {}
