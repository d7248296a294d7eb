package org.milena.listexpander.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.milena.common.directory.Account;
import org.milena.common.directory.AddressClaim;
import org.milena.common.directory.FetchedSource;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.PendingRequest;
import org.milena.common.directory.Roster;
import org.milena.common.directory.Suppression;
import org.milena.common.directory.Template;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.BounceScore;
import org.milena.common.event.DigestPost;
import org.milena.common.event.Hold;
import org.milena.common.event.ListState;
import org.milena.common.event.MailEvent;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Removal;
import org.milena.common.event.SeenPost;
import org.milena.common.event.Topics;
import org.milena.common.event.TrackedPost;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.StageTransaction;

/** Lists, members, holds and the rest inside one transaction: read, changed and told about. */
public final class Ledger {
  private static final int PAGE = 10_000;

  /** However many there are. */
  private static final int ALL = Integer.MAX_VALUE;

  private final ListTables tables;
  private final StageTransaction transaction;
  private final Roster roster = new Roster(new LedgerRows(this));
  private final ThreadRows threads;
  private final SearchRows searches;

  public Ledger(ListTables tables, StageTransaction transaction) {
    this.tables = tables;
    this.transaction = transaction;
    this.threads = new ThreadRows(tables, transaction);
    this.searches = new SearchRows(tables, transaction);
  }

  /** What was taken out of a post of the archive, or that it is gone. */
  public Optional<Removal> removal(ListId list, ArchiveId post) {
    return transaction.get(tables.removals(), Removal.key(list, post));
  }

  /** Notes that. */
  public void put(Removal removal) {
    transaction.put(tables.removals(), removal.key(), removal);
  }

  /** Threads of lists. */
  public ThreadRows threads() {
    return threads;
  }

  /** Searches that accounts keep. */
  public SearchRows searches() {
    return searches;
  }

  /** The list of this id. */
  public Optional<MailingList> list(ListId id) {
    return transaction.get(tables.directory().lists(), id.value());
  }

  /** All lists, by id. */
  public List<MailingList> lists() {
    return transaction.scan(tables.directory().lists(), "", "", ALL).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The list that has this address now. */
  public Optional<MailingList> listAt(MailAddress address) {
    ListId id = ListId.forAddress(address);
    return list(id)
        .filter(list -> list.address().key().equals(address.key()))
        .or(() ->
            claim(id)
                .flatMap(claim -> list(claim.by()))
                .filter(list -> list.address().key().equals(address.key())));
  }

  /** Writes a list. */
  public void put(MailingList list) {
    transaction.put(tables.directory().lists(), list.id().value(), list);
  }

  /** Takes a list away; its members are rows of their own. */
  public void deleteList(ListId id) {
    transaction.delete(tables.directory().lists(), id.value());
  }

  /** One member, whatever the roles, by the list itself or by its sources. */
  public Optional<Member> member(ListId list, MailAddress address) {
    return roster.find(list, address).map(Roster.Listed::member);
  }

  /** Who is on which list, as this transaction leaves it. */
  public Roster roster() {
    return roster;
  }

  /** The list's own row of this address. */
  public Optional<Member> row(ListId list, MailAddress address) {
    return transaction.get(tables.directory().members(), Member.key(list, address));
  }

  /** Up to {@code limit} own rows of a list by address key, behind {@code after}. */
  public List<Member> rows(ListId list, String after, int limit) {
    return transaction
        .scan(
            tables.directory().members(),
            Topics.listKey(list, ""),
            after.isEmpty() ? "" : Topics.listKey(list, after),
            limit)
        .stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Writes a member. Whoever is not stopped for bounces any more begins without points. */
  public void put(Member member) {
    tables.digestReaders().note(member);
    tables.staff().note(member);
    transaction.put(
        tables.directory().members(), Member.key(member.list(), member.address()), member);
    if (member.options().stopped() != MemberOptions.Stop.BY_BOUNCES
        && bounceScore(member.list(), member.address())
            .filter(score -> score.stoppedOn() != null)
            .isPresent()) {
      deleteBounceScore(member.list(), member.address());
    }
  }

  /** Takes a member's row away, what he wanted of threads, and how copies to it came back. */
  public void deleteMember(ListId list, MailAddress address) {
    transaction.delete(tables.directory().members(), Member.key(list, address));
    threads.forget(list, address);
    if (bounceScore(list, address).isPresent()) {
      deleteBounceScore(list, address);
    }
  }

  /** Visits every row of a list itself, by address. Holds a page of them at a time. */
  public void eachRow(ListId list, Consumer<Member> visitor) {
    String after = "";
    List<Member> page;
    do {
      page = rows(list, after, PAGE);
      page.forEach(visitor);
      after = page.isEmpty() ? after : page.getLast().address().key();
    } while (page.size() == PAGE);
  }

  /** Visits everybody on a list and its sources, by address. Holds a page of each at a time. */
  public void eachMember(ListId list, Consumer<Member> visitor) {
    roster.each(list, visitor);
  }

  /** Who owns or moderates a list, by address. Costs nothing for its other members. */
  public List<Member> staff(ListId list) {
    List<Member> found = new ArrayList<>();
    for (String key : tables.staff().keys(list)) {
      transaction
          .get(tables.directory().members(), key)
          .filter(Staff::has)
          .ifPresentOrElse(found::add, () -> tables.staff().forget(list, key));
    }
    return found;
  }

  /**
   * Whether somebody on the list, or on one that feeds it, reads digests or summaries of this kind.
   * Cheap.
   */
  public boolean hasReaders(ListId list, DeliveryMode mode) {
    return hasOwnReaders(list, mode)
        || roster.feeding(list).stream().anyMatch(source -> hasOwnReaders(source.id(), mode));
  }

  private boolean hasOwnReaders(ListId list, DeliveryMode mode) {
    return tables
        .digestReaders()
        .any(
            list,
            mode,
            () -> {
              AtomicBoolean found = new AtomicBoolean();
              eachMember(list, member -> found.compareAndSet(false, member.receives(mode)));
              return found.get();
            });
  }

  /** What the list got from this source on the web, if it ever tried. */
  public Optional<FetchedSource> fetched(ListId list, String url) {
    return transaction.get(tables.directory().sources(), FetchedSource.key(list, url));
  }

  /** What the list got from sources on the web. */
  public List<FetchedSource> fetched(ListId list) {
    return transaction
        .scan(tables.directory().sources(), Topics.listKey(list, ""), "", ALL)
        .stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Writes what the list got. */
  public void put(FetchedSource source) {
    transaction.put(tables.directory().sources(), source.key(), source);
  }

  /** The list gets nothing from there any more. */
  public void delete(FetchedSource source) {
    transaction.delete(tables.directory().sources(), source.key());
  }

  /** The account of this name. */
  public Optional<Account> account(String name) {
    return transaction.get(tables.directory().accounts(), name);
  }

  /** Writes an account. */
  public void put(Account account) {
    transaction.put(tables.directory().accounts(), account.name(), account);
  }

  /** Takes an account away, and the searches that it kept. */
  public void deleteAccount(String name) {
    transaction.delete(tables.directory().accounts(), name);
    searches.forget(name);
  }

  /** Why nothing is sent to this address, if so. */
  public Optional<Suppression> suppression(MailAddress address) {
    return transaction.get(tables.directory().suppressions(), address.key());
  }

  /** Nothing is sent to an address any more. */
  public void put(Suppression suppression) {
    transaction.put(tables.directory().suppressions(), suppression.address().key(), suppression);
  }

  /** Mail is sent to it again. */
  public void deleteSuppression(MailAddress address) {
    transaction.delete(tables.directory().suppressions(), address.key());
  }

  /** Which list has the address that this would be the id of, where it was not made at it. */
  public Optional<AddressClaim> claim(ListId idOfAddress) {
    return transaction.get(tables.directory().claims(), idOfAddress.value());
  }

  /** Writes that. */
  public void put(AddressClaim claim) {
    transaction.put(tables.directory().claims(), ListId.forAddress(claim.address()).value(), claim);
  }

  /** What holds for all lists of this domain, or of the site. */
  public Optional<MailDomain> domain(String name) {
    return transaction.get(tables.directory().domains(), name);
  }

  /** Writes that. */
  public void put(MailDomain domain) {
    transaction.put(tables.directory().domains(), domain.name(), domain);
  }

  /** Takes it away; its lists stay. */
  public void deleteDomain(String name) {
    transaction.delete(tables.directory().domains(), name);
  }

  /** The text that somebody wrote under exactly this scope, name and language. */
  public Optional<Template> template(String scope, String name, String language) {
    return transaction.get(tables.directory().templates(), Template.key(scope, name, language));
  }

  /** Writes a text. */
  public void put(Template template) {
    transaction.put(
        tables.directory().templates(),
        Template.key(template.scope(), template.name(), template.language()),
        template);
  }

  /** Takes a text away, so that ours is used again. */
  public void deleteTemplate(String scope, String name, String language) {
    transaction.delete(tables.directory().templates(), Template.key(scope, name, language));
  }

  /** What the list counts. */
  public ListState state(ListId list) {
    return transaction.get(tables.states(), list.value()).orElseGet(() -> ListState.first(list));
  }

  /** Writes what the list counts. */
  public void put(ListState state) {
    transaction.put(tables.states(), state.list().value(), state);
  }

  /** The list counts nothing any more. */
  public void deleteState(ListId list) {
    if (transaction.get(tables.states(), list.value()).isPresent()) {
      transaction.delete(tables.states(), list.value());
    }
  }

  /** How copies to a member came back, if they did. */
  public Optional<BounceScore> bounceScore(ListId list, MailAddress address) {
    return transaction.get(tables.bounces(), Member.key(list, address));
  }

  /** Some scores of a list, behind a key. */
  public List<Map.Entry<String, BounceScore>> bounceScores(ListId list, String after, int limit) {
    return transaction.scan(tables.bounces(), Topics.listKey(list, ""), after, limit);
  }

  /** Writes how copies to a member came back. */
  public void put(BounceScore score) {
    transaction.put(tables.bounces(), Member.key(score.list(), score.address()), score);
  }

  /** Forgets how copies to a member came back. */
  public void deleteBounceScore(ListId list, MailAddress address) {
    transaction.delete(tables.bounces(), Member.key(list, address));
  }

  /** The posts of a list that wait for a digest, oldest first. */
  public List<DigestPost> digestPosts(ListId list) {
    return transaction.scan(tables.digestPosts(), Topics.listKey(list, ""), "", ALL).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Writes a post that waits for a digest. */
  public void put(DigestPost post) {
    transaction.put(tables.digestPosts(), digestKey(post), post);
  }

  /** A post waits for no digest any more. */
  public void delete(DigestPost post) {
    transaction.delete(tables.digestPosts(), digestKey(post));
  }

  private static String digestKey(DigestPost post) {
    return Topics.listKey(post.list(), post.mailId().toString());
  }

  /** The post whose copies are counted, if they are. */
  public Optional<TrackedPost> tracked(ListId list, MailId mail) {
    return transaction.get(tables.tracked(), TrackedPost.key(list, mail));
  }

  /** The posts of a list whose copies are counted. */
  public List<TrackedPost> tracked(ListId list) {
    return transaction.scan(tables.tracked(), TrackedPost.prefix(list), "", ALL).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Writes how the copies of a post stand. */
  public void put(TrackedPost post) {
    transaction.put(tables.tracked(), TrackedPost.key(post.list(), post.mailId()), post);
  }

  /** Copies of a post are counted no more. */
  public void delete(TrackedPost post) {
    transaction.delete(tables.tracked(), TrackedPost.key(post.list(), post.mailId()));
  }

  /** The held post of this id. */
  public Optional<Hold> hold(String holdId) {
    return transaction.get(tables.holds(), holdId);
  }

  /** Writes a held post's row. */
  public void put(Hold hold) {
    transaction.put(tables.holds(), hold.holdId(), hold);
  }

  /** A held post is no more. Its message is trimmed away when no row points at it any more. */
  public void deleteHold(String holdId) {
    transaction.delete(tables.holds(), holdId);
  }

  /** The note under this key in the list's memory of what it saw. */
  public Optional<SeenPost> seen(String key) {
    return transaction.get(tables.seen(), key);
  }

  /** Makes such a note. */
  public void put(String key, SeenPost seen) {
    transaction.put(tables.seen(), key, seen);
  }

  /** Forgets it. */
  public void deleteSeen(String key) {
    transaction.delete(tables.seen(), key);
  }

  /** Some notes of a list behind a key. For sweeping. */
  public List<Map.Entry<String, SeenPost>> seenBehind(ListId list, String after, int limit) {
    return transaction.scan(tables.seen(), Topics.listKey(list, ""), after, limit);
  }

  /** Some notes whose keys begin so, behind a key. */
  public List<Map.Entry<String, SeenPost>> seenUnder(String prefix, String after, int limit) {
    return transaction.scan(tables.seen(), prefix, after, limit);
  }

  /** The request that waits under this key. */
  public Optional<PendingRequest> pending(String key) {
    return transaction.get(tables.pending(), key);
  }

  /** Some requests that wait and whose keys begin so, behind a key. */
  public List<Map.Entry<String, PendingRequest>> pendingBehind(
      String prefix, String after, int limit) {
    return transaction.scan(tables.pending(), prefix, after, limit);
  }

  /** Writes a request that waits. */
  public void put(String key, PendingRequest request) {
    transaction.put(tables.pending(), key, request);
  }

  /** The request waits no longer. */
  public void deletePending(String key) {
    transaction.delete(tables.pending(), key);
  }

  /** Writes a record. */
  public void send(OutRecord record) {
    transaction.send(record);
  }

  /** Writes a record, then what needs to know where it lies. */
  public void send(OutRecord record, Consumer<RecordPosition> then) {
    transaction.send(record, then);
  }

  /** Does now what waits to know where a record lies. */
  public void settle() {
    transaction.settle();
  }

  /** Writes a line in the life of a mail. */
  public void tell(MailEvent event) {
    transaction.send(MailRecords.event(event));
  }

  /** The held posts whose ids begin so. */
  public List<Hold> holds(String idPrefix) {
    return transaction.scan(tables.holds(), idPrefix, "", ALL).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  /** All accounts. */
  public List<Account> accounts() {
    return transaction.scan(tables.directory().accounts(), "", "", ALL).stream()
        .map(Map.Entry::getValue)
        .toList();
  }
}
