package org.milena.listexpander.migration.mailman2;

/**
 * What a member chose, out of Mailman's option bits.
 *
 * @param deliveryOff bit 1, which a list older than 2.1 may still have
 * @param noOwnPosts bit 2: does not get their own posts
 * @param acknowledge bit 4: gets a note for each post of theirs
 * @param plainDigest bit 8: digests as plain text rather than MIME
 * @param conceal bit 16: not to be seen among the members
 * @param noReminder bit 32: gets no monthly reminder of the password
 * @param otherTopics bit 64: gets posts of no topic, too
 * @param moderated bit 128: posts are moderated
 * @param noDuplicates bit 256: gets no copy where the mail itself came to them
 */
public record MemberOptions(
    boolean deliveryOff,
    boolean noOwnPosts,
    boolean acknowledge,
    boolean plainDigest,
    boolean conceal,
    boolean noReminder,
    boolean otherTopics,
    boolean moderated,
    boolean noDuplicates) {

  /** All bits that mean something. */
  static final long KNOWN = 0x1FF;

  static MemberOptions of(long bits) {
    return new MemberOptions(
        (bits & 1) != 0,
        (bits & 2) != 0,
        (bits & 4) != 0,
        (bits & 8) != 0,
        (bits & 16) != 0,
        (bits & 32) != 0,
        (bits & 64) != 0,
        (bits & 128) != 0,
        (bits & 256) != 0);
  }
}
