package org.milena.archive.web;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.milena.archive.message.Person;
import org.milena.archive.message.PostText;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.search.PostListing;
import org.milena.archive.search.PostListing.Name;
import org.milena.archive.search.PostListing.Order;
import org.milena.archive.search.Query;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.ListAccess;

/**
 * The archive as the caller of this request may see it, for the APIs of other archives: a list that
 * may not be read is one that is not there, and no address is shown to a stranger.
 */
public final class ArchiveView {

  /** Posts that one request is made of, at most. */
  public static final int MAX_POSTS = PostListing.MAX_LIMIT;

  private static final Order BY_DATE = new Order(Query.Timestamp.WRITTEN, false);

  private final ArchiveIndex index;
  private final PostListing listing;
  private final Directory directory;
  private final Reader reader;
  private final String site;

  /**
   * Over one archive.
   *
   * @param site where its pages are, without a slash at the end
   */
  public ArchiveView(
      ArchiveIndex index,
      PostListing listing,
      Directory directory,
      ListAccess access,
      String site) {
    this.index = index;
    this.listing = listing;
    this.directory = directory;
    this.reader = new Reader(access, true);
    this.site = site;
  }

  /** All that may be read, also those that are not named unasked, by id. */
  public List<MailingList> readable() {
    return directory.lists().stream().filter(reader::mayRead).toList();
  }

  /** The lists that are such and are named to the caller unasked, by id. */
  public List<MailingList> listed(Predicate<MailingList> such) {
    return directory.lists().stream().filter(such).filter(reader::isListed).toList();
  }

  /** The list at an address, or with a list id in angle brackets or without, if it may be read. */
  public Optional<MailingList> list(String name) {
    Optional<MailingList> list =
        MailAddress.parse(name) instanceof ParsedAddress.Valid(var address)
            ? directory.listAt(address)
            : ListId.parse(name).flatMap(directory::list);
    return list.filter(reader::mayRead);
  }

  /**
   * The same.
   *
   * @throws ApiProblem 404, the same for lists that are not there and those that may not be read
   */
  public MailingList require(String name) {
    return list(name).orElseThrow(() -> ApiProblem.notFound("There is no list " + name + "."));
  }

  /** The list of a post that was found in lists that may be read. */
  public MailingList listOf(ArchivedPost post) {
    return directory
        .list(post.list())
        .filter(reader::mayRead)
        .orElseThrow(() -> ApiProblem.notFound("There is no post " + post.id() + " here."));
  }

  /** Posts of these lists by name, earliest first. */
  public List<ArchivedPost> named(
      Collection<MailingList> lists, Name name, Collection<String> values, int limit) {
    return listing.named(ids(lists), name, values, limit);
  }

  /**
   * A thread, as much of it as a request may be made of.
   *
   * @return its earliest posts by date, and how many it has
   */
  public PostListing.Page thread(MailingList list, ArchiveId thread) {
    return listing.page(
        new PostListing.Wanted(
            Set.of(list.id()), new Query.OfThreads(Set.of(thread)), BY_DATE, 0, null, MAX_POSTS));
  }

  /** The text of a post as the caller sees it; empty where it was just removed. */
  public String text(ArchivedPost post) {
    return text(
        index.post(post.list(), post.id()).map(full -> full.text()).orElse(PostText.EMPTY).whole());
  }

  /** Text as the caller sees it. */
  public static String text(String text) {
    return Reader.text(text);
  }

  /** Somebody as the caller sees them. */
  public static Person person(Person person) {
    return Reader.person(person);
  }

  /** Whether everybody may read it. */
  public static boolean isOpen(MailingList list) {
    return Reader.isOpen(list);
  }

  /** A path of this site as programs elsewhere need it. */
  public String absolute(String path) {
    return site + path;
  }

  /** One segment of a path. */
  public static String segment(String text) {
    return Links.segment(text);
  }

  /** Where an attachment is. */
  public String attachment(MailingList list, ArchivedPost post, String part) {
    return absolute(Links.attachment(list, post.id(), part));
  }

  /** The ids of lists. */
  public static Set<ListId> ids(Collection<MailingList> lists) {
    Set<ListId> ids = new HashSet<>();
    lists.forEach(list -> ids.add(list.id()));
    return ids;
  }
}
