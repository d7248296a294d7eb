package org.milena.listexpander.digest;

/**
 * How big digests get.
 *
 * @param issue most octets of one mail's posts, in either form
 * @param post most octets of one post; a bigger one is cut
 * @param text most characters of one post's text in a digest of texts
 * @param posts most posts of one mail
 */
public record DigestLimits(int issue, int post, int text, int posts) {
  private static final int MAX_TEXT = 100_000;
  private static final int MAX_POSTS = 500;

  /** Room for what stands around the posts, and for fields that are added on the way. */
  private static final int ROOM = 1 << 19;

  /**
   * Limits that stay below that of a mail: half of it at most.
   *
   * @param mailLimit most octets of a mail
   */
  public static DigestLimits below(int mailLimit) {
    int issue = Math.max(mailLimit / 2 - ROOM, mailLimit / 4);
    int post = issue / 4;
    return new DigestLimits(issue, post, Math.min(MAX_TEXT, post / 8), MAX_POSTS);
  }
}
