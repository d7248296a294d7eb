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
    Optional<ArchivedPost> found =
        listId.isEmpty()
            ? find(archive.readable(), archive.listed(_ -> true), id)
            : archive.list(bare(listId)).map(List::of).flatMap(one -> find(one, one, id));
    return found.orElseThrow(() -> ApiProblem.notFound("There is no mail " + id + " here."));
  }

  /**
   * By name.
   *
   * @param readable an id of an archive is known from a link to that very post only
   * @param listed anybody knows the Message-ID of a mail; it may not tell on which lists it is
   */
  private Optional<ArchivedPost> find(
      List<MailingList> readable, List<MailingList> listed, String id) {
    Optional<ArchivedPost> own =
        ArchiveId.isOne(id) ? first(readable, Name.ID, id) : Optional.empty();
    return own.or(() -> first(listed, Name.MESSAGE_ID, bare(id)))
        .or(() -> first(readable, Name.KEY, LinkKeys.ponyMail(id)));
  }

  private Optional<ArchivedPost> first(List<MailingList> lists, Name name, String value) {
    return archive.named(lists, name, List.of(value), 1).stream().findFirst();
  }

  private static String bare(String id) {
    return id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
  }
}
