package org.milena.common.event;

import java.util.List;
import org.milena.common.mail.ListId;

/**
 * The names of all topics and how their records find a partition. How each one is kept stands in
 * {@code org.milena.common.kafka.TopicDeclarations}.
 */
public final class Topics {

  /** Mail as it was taken at the edge; no key. */
  public static final String RECEIVED = "mail.received";

  /**
   * Scanned mail and commands, key: list id (or {@code account:NAME}, {@code domain:NAME}, or what
   * confirmations are counted by). One sequence per key.
   */
  public static final String LISTS = "mail.lists";

  /** Accepted posts in archive form, key: archive id, partition by list id. Kept for good. */
  public static final String POSTS = "mail.posts";

  /** Messages in delivery form, key: list id or domain; deliveries point at them. */
  public static final String OUTGOING = "mail.outgoing";

  /** Who is to get which outgoing message, key: destination domain. */
  public static final String DELIVERIES = "mail.deliveries";

  /** Recipients that wait for their next try, key: delivery id + recipient; compacted. */
  public static final String DEFERRED = "mail.deferred";

  /** What became of recipients, one record an SMTP transaction, key: delivery id. */
  public static final String DELIVERY_RESULTS = "mail.delivery-results";

  /** Posts kept for a moderator, key: hold id. */
  public static final String HELD = "mail.held";

  /** Mail the scanner keeps back, key: mail id. */
  public static final String QUARANTINE = "mail.quarantine";

  /** The life of every mail, key: mail id. */
  public static final String EVENTS = "mail.events";

  /** Records set aside after a defect, key: the original one. */
  public static final String DEAD_LETTERS = "mail.dead-letters";

  /** State of held posts, key: hold id; compacted. */
  public static final String HOLDS = "lists.holds";

  /** Fingerprints of posts already expanded, key: list id + fingerprint; compacted. */
  public static final String SEEN = "lists.seen";

  /** Requests that wait for a confirmation or an owner, key: request id; compacted. */
  public static final String PENDING = "lists.pending";

  /** What lists count, key: list id; compacted. */
  public static final String STATE = "lists.state";

  /** How copies to members came back, key: list id + address; compacted. */
  public static final String BOUNCES = "lists.bounces";

  /** Posts that wait for a digest, key: list id + mail id; compacted. */
  public static final String DIGEST_POSTS = "lists.digest-posts";

  /** The same posts' messages as they are put into digests, key: list id. */
  public static final String DIGESTS = "mail.digests";

  /** Closed threads, key: list id + Message-ID; compacted. */
  public static final String LOCKS = "lists.locks";

  /** Threads that members follow or mute, key: list id + address + Message-ID; compacted. */
  public static final String WISHES = "lists.thread-wishes";

  /** Posts whose copies are counted, key: list id + mail id; compacted. */
  public static final String TRACKED = "lists.tracked-posts";

  /** Posts that were taken out of the archive, key: list id + archive id; compacted. */
  public static final String REMOVALS = "lists.removals";

  /** Who changed what, key: list id. Kept for good. */
  public static final String AUDIT = "lists.audit";

  /** What became of commands, key: command id. Callers wait here for their answer. */
  public static final String OUTCOMES = "lists.outcomes";

  /** Lists and their settings, key: list id; compacted. */
  public static final String DIRECTORY_LISTS = "directory.lists";

  /** Members, key: list id + address, partition by list id; compacted. */
  public static final String DIRECTORY_MEMBERS = "directory.members";

  /** Accounts, key: account name; compacted. */
  public static final String DIRECTORY_ACCOUNTS = "directory.accounts";

  /** Addresses nothing is sent to, key: address; compacted. */
  public static final String DIRECTORY_SUPPRESSIONS = "directory.suppressions";

  /** Addresses that lists were not made at, key: list id of the address; compacted. */
  public static final String DIRECTORY_CLAIMS = "directory.claims";

  /** Domains and what holds for the whole site, key: domain; compacted. */
  public static final String DIRECTORY_DOMAINS = "directory.domains";

  /** Texts in place of ours, key: scope + name; compacted. */
  public static final String DIRECTORY_TEMPLATES = "directory.templates";

  /** What lists got from sources on the web, key: list id + URL; compacted. */
  public static final String DIRECTORY_SOURCES = "directory.sources";

  /** Searches that accounts keep, key: account name + id; compacted. */
  public static final String SEARCHES = "accounts.searches";

  /** Facts about the site that instances must agree on (groups, keys); compacted. */
  public static final String SITE = "milena.site";

  /** Every topic, in the order of a mail's way. */
  public static final List<String> ALL =
      List.of(
          RECEIVED,
          LISTS,
          POSTS,
          OUTGOING,
          DELIVERIES,
          DEFERRED,
          DELIVERY_RESULTS,
          HELD,
          QUARANTINE,
          EVENTS,
          DEAD_LETTERS,
          HOLDS,
          SEEN,
          PENDING,
          STATE,
          BOUNCES,
          DIGESTS,
          DIGEST_POSTS,
          LOCKS,
          WISHES,
          TRACKED,
          REMOVALS,
          AUDIT,
          OUTCOMES,
          DIRECTORY_LISTS,
          DIRECTORY_MEMBERS,
          DIRECTORY_ACCOUNTS,
          DIRECTORY_SUPPRESSIONS,
          DIRECTORY_CLAIMS,
          DIRECTORY_DOMAINS,
          DIRECTORY_TEMPLATES,
          DIRECTORY_SOURCES,
          SEARCHES,
          SITE);

  /** Separates the parts of a composed key; occurs in no list id and no address key. */
  public static final char KEY_SEPARATOR = '|';

  /** Key of something that belongs to a list: {@code list id | rest}. */
  public static String listKey(ListId list, String rest) {
    return list.value() + KEY_SEPARATOR + rest;
  }

  private Topics() {}
}
