package org.milena.archive.web;

import java.util.List;
import java.util.Optional;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.FullPost;
import org.milena.archive.post.RemovedPosts;
import org.milena.archive.search.ArchiveIndex;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.Removal;
import org.milena.common.web.ApiProblem;

/** Posts by name; a name that leads nowhere is answered with the reason. */
public final class Posts {
  private final ArchiveIndex index;
  private final RemovedPosts removals;

  /** Of one archive. */
  public Posts(ArchiveIndex index, RemovedPosts removals) {
    this.index = index;
    this.removals = removals;
  }

  /**
   * A post of a list that the reader may read.
   *
   * @throws ApiProblem 404 when there is none, 410 when it was removed
   */
  public FullPost require(MailingList list, String id) {
    ArchiveId wanted = Reader.id(id);
    return index
        .post(list.id(), wanted)
        .orElseThrow(() ->
            removals
                .of(list.id(), wanted)
                .filter(Removal::isGone)
                .map(Posts::gone)
                .orElseGet(() ->
                    ApiProblem.notFound("There is no post " + id + " on " + list.address() + ".")));
  }

  /**
   * The posts under a Message-ID, earliest first; never empty.
   *
   * @param messageId without angle brackets
   * @throws ApiProblem 404 when there is none, 410 when all were removed
   */
  List<ArchivedPost> requireUnder(MailingList list, String messageId) {
    List<ArchivedPost> posts = index.byMessageId(list.id(), messageId);
    if (!posts.isEmpty()) {
      return posts;
    }
    throw removals.goneUnder(list.id(), messageId).stream()
        .findFirst()
        .map(Posts::gone)
        .orElseGet(
            () -> ApiProblem.notFound("No post of " + list.address() + " has this Message-ID."));
  }

  /** What was taken out of a post that is there. */
  Optional<Removal> redaction(MailingList list, ArchiveId post) {
    return removals.of(list.id(), post).filter(removal -> !removal.isGone());
  }

  private static ApiProblem gone(Removal removal) {
    return ApiProblem.gone(
        "This post was removed on %s. The reason given: %s"
            .formatted(When.of(removal.at()).day(), removal.reason()));
  }
}
