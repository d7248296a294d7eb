package org.milena.listexpander.notice;

/**
 * A text for somebody.
 *
 * @param subject one line
 * @param text plain text, lines end in {@code \n}
 * @param from the role of the list it comes from, and where answers go: {@code request}, {@code
 *     owner}
 */
public record Notice(String from, String subject, String text) {}
