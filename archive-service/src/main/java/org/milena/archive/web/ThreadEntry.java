package org.milena.archive.web;

import org.jspecify.annotations.Nullable;
import org.milena.archive.rendering.SafeHtml;

/**
 * A post on the page of its thread.
 *
 * @param depth for indenting, 0 to 8
 * @param url where it is on that page, or the page of the post
 * @param html its text; null where the page only lists it
 * @param cut whether there is more text on the page of the post
 * @param here whether it is the post the page is about
 * @param parent whom it answers, and where that is; null where that is not here
 * @param isNew whether it is from after what the reader knows
 * @param nextNew where the next new one is; null for none
 */
public record ThreadEntry(
    PostView post,
    int depth,
    boolean parentMissing,
    String url,
    @Nullable SafeHtml html,
    boolean cut,
    boolean here,
    @Nullable ParentView parent,
    boolean isNew,
    @Nullable String nextNew) {

  /** The answered post. */
  public record ParentView(String author, String url) {}
}
