package org.milena.archive.web.ponymail;

import java.util.List;
import java.util.Optional;
import org.milena.archive.identity.LinkKeys;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.PostListing.Name;
import org.milena.archive.web.ArchiveView;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.web.ApiProblem;

/** Finds the mail that an id means: one of this archive, one of Pony Mail, or a Message-ID. */
final class PostFinder {
  private final ArchiveView archive;

  PostFinder(ArchiveView archive) {
    this.archive = archive;
  }

  /**
   * The earliest that is meant.
   *
   * @throws ApiProblem 400 without an id, 404 where nothing is meant that may be read
   */
  ArchivedPost require(PostParameters said) {
    String id = said.id() == null ? "" : said.id().strip();
    if (id.isEmpty()) {
      throw ApiProblem.badRequest("missing-id", "Name a mail: ?id=…");
    }
    String listId = said.listid() == null ? "" : said.listid().strip();
    List<MailingList> lists =
        listId.isEmpty() ? archive.listed(_ -> true) : archive.list(bare(listId)).stream().toList();
    return find(lists, id)
        .orElseThrow(() -> ApiProblem.notFound("There is no mail " + id + " here."));
  }

  private Optional<ArchivedPost> find(List<MailingList> lists, String id) {
    Optional<ArchivedPost> own = ArchiveId.isOne(id) ? first(lists, Name.ID, id) : Optional.empty();
    return own.or(() -> first(lists, Name.MESSAGE_ID, bare(id)))
        .or(() -> first(lists, Name.KEY, LinkKeys.ponyMail(id)));
  }

  private Optional<ArchivedPost> first(List<MailingList> lists, Name name, String value) {
    return archive.named(lists, name, List.of(value), 1).stream().findFirst();
  }

  private static String bare(String id) {
    return id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
  }
}
