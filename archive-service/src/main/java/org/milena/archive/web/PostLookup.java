package org.milena.archive.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.FullPost;
import org.milena.common.directory.MailingList;

/** Finds the posts that the path of a request means: by Message-ID, or by archive id. */
public final class PostLookup {
  private static final int LIST = 2;
  private static final int MESSAGE_ID = 3;
  private static final int ID = 4;

  private final Posts posts;
  private final Reader reader;

  /** Among the posts that this reader may read. */
  public PostLookup(Posts posts, Reader reader) {
    this.posts = posts;
    this.reader = reader;
  }

  /**
   * What a path means.
   *
   * @param posts earliest first; several where they share a Message-ID; never empty
   * @param byId whether it named one by its archive id
   */
  public record Found(MailingList list, List<ArchivedPost> posts, boolean byId) {

    /** The earliest one. */
    public ArchivedPost first() {
      return posts.getFirst();
    }

    /** Where the page of the first one belongs. */
    public String address() {
      return Links.post(list, first());
    }
  }

  /**
   * The posts of {@code /archive/{list}/{Message-ID}/…} or {@code /archive/{list}/message/{id}/…}.
   */
  public Found find(HttpServletRequest request) {
    MailingList list = reader.list(RawPath.segment(request, LIST));
    String name = RawPath.segment(request, MESSAGE_ID);
    return name.equals("message")
        ? new Found(list, List.of(post(list, RawPath.segment(request, ID)).post()), true)
        : new Found(list, byMessageId(list, bare(name)), false);
  }

  FullPost post(MailingList list, String id) {
    return posts.require(list, id);
  }

  List<ArchivedPost> byMessageId(MailingList list, String messageId) {
    return posts.requireUnder(list, messageId);
  }

  private static String bare(String name) {
    return name.startsWith("<") && name.endsWith(">") ? name.substring(1, name.length() - 1) : name;
  }
}
