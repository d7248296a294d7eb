package org.milena.archive.web;

import org.jspecify.annotations.Nullable;
import org.milena.archive.message.SafeHtml;

/**
 * A post on the page of its thread.
 *
 * @param depth for indenting, 0 to 8
 * @param html its text; null where the page only lists it
 * @param cut whether there is more text on the page of the post
 * @param here whether it is the post the page is about
 */
public record ThreadEntry(
    PostView post,
    int depth,
    boolean parentMissing,
    @Nullable SafeHtml html,
    boolean cut,
    boolean here) {}
