package org.milena.listexpander.preparation.content;

/**
 * An attachment that a link stands for.
 *
 * @param part its number in the archive
 * @param name of the file, without folders, on one line
 * @param type media type in lower case
 * @param size of the content, decoded, in octets
 */
public record LinkedAttachment(String part, String name, String type, long size) {}
