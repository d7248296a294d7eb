package org.milena.listexpander.migration;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.ListCommand;
import org.milena.common.command.TakeOverChange;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.event.Hold;
import org.milena.common.event.MailMeta;
import org.milena.common.event.MailPointer;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.ScanReport;
import org.milena.common.event.Topics;
import org.milena.common.mail.ForwardPath;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.SettingsPatch;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Publisher;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.list.ListEdits;
import org.milena.listexpander.list.SourceRights;
import org.milena.listexpander.migration.ImportReport.Refusal;
import org.milena.listexpander.migration.listfile.ListFileEntry.HeldPost;
import org.milena.listexpander.moderation.HeldQueue;
import org.milena.listexpander.moderation.HoldIds;
import tools.jackson.databind.JsonNode;

/** Takes a list over, or says what that would do. One for each import. */
public final class ListImport {
  /** Members of one command: its record stays small, and other commands get their turn. */
  static final int CHUNK = 2_000;

  /** Carries commands out. */
  @FunctionalInterface
  public interface Sender {
    /** What becomes of a command. */
    CommandOutcome send(ListId list, ListCommand command);
  }

  /** Hears how far an import is. */
  @FunctionalInterface
  public interface Progress {
    /** Nobody listens. */
    Progress NONE = (_, _) -> {};

    /**
     * So many members are done.
     *
     * @param all 0 when nobody knows
     */
    void at(int done, int all);
  }

  /**
   * What an import reads and writes.
   *
   * @param directory what is seen of the tables
   * @param lists says what can be a list
   * @param sender carries commands out, where it is no dry run
   */
  public record Site(
      Directory directory,
      ListTables tables,
      ListEdits lists,
      HeldQueue held,
      Publisher publisher,
      Sender sender,
      InstantSource clock) {}

  private static final String SOURCES = "memberSources";

  private final Site site;
  private final Sender sender;
  private final boolean dryRun;
  private final Progress progress;
  private final List<Member> chunk = new ArrayList<>();
  private final TreeSet<String> settings = new TreeSet<>();
  private final List<PlanLine> lines = new ArrayList<>();
  private final MailAddress address;
  private final ListId id;
  private int expected;
  private int changed;
  private int texts;
  private int members;
  private int membersChanged;
  private int heldPosts;
  private int heldChanged;
  private boolean made;
  private boolean sourced;
  private @Nullable Refusal refusal;

  /**
   * @param address of the list to be
   * @param expected how many members come; 0 when nobody knows
   */
  public ListImport(
      Site site, MailAddress address, boolean dryRun, int expected, Progress progress) {
    this.site = site;
    this.sender = dryRun ? new DryRun(site.tables(), site.lists(), site.clock()) : site.sender();
    this.address = address;
    this.id = idAt(site.directory(), address);
    this.dryRun = dryRun;
    this.expected = expected;
    this.progress = progress;
  }

  /** A list that got this address later has the id that it had before. */
  private static ListId idAt(Directory directory, MailAddress address) {
    return directory
        .listAt(address)
        .filter(list -> list.address().key().equals(address.key()))
        .map(MailingList::id)
        .orElseGet(() -> ListId.forAddress(address));
  }

  /** Does a whole plan. */
  public ImportReport run(ListPlan plan) {
    expected = plan.members().size();
    list(
        new TakeOverChange.TakeOverList(
            plan.address(),
            plan.displayName(),
            plan.description(),
            plan.settings(),
            plan.templates(),
            plan.state(),
            null,
            false));
    plan.members().forEach(this::member);
    plan.lines().forEach(lines::add);
    return finish();
  }

  /** The list itself; before all else. */
  public void list(TakeOverChange.TakeOverList given) {
    TakeOverChange.TakeOverList take = withSources(given);
    Optional<MailingList> before = site.directory().list(id);
    made = before.isEmpty();
    texts = take.templates().size();
    settings.addAll(differing(before, take.settings()));
    changed += sent(take);
  }

  /** Sources are named by address; those that are not here are left, or nothing would be taken. */
  private TakeOverChange.TakeOverList withSources(TakeOverChange.TakeOverList take) {
    if (!take.settings().names(SOURCES)) {
      return take;
    }
    SourceRights rights = new SourceRights(site.directory());
    List<String> before =
        site.directory()
            .list(id)
            .map(list -> list.settings().membership().memberSources())
            .orElse(List.of());
    List<String> kept = new ArrayList<>();
    for (JsonNode named : take.settings().changes().path(SOURCES)) {
      switch (rights.read(before, List.of(named.asString("")), SourceRights.Eyes.OPERATOR)) {
        case SourceRights.Result.Kept(var sources) -> kept.addAll(sources);
        case SourceRights.Result.Unfit(var why) -> note(SOURCES, PlanLine.Fate.LEFT, why);
        case SourceRights.Result.Forbidden(var why) -> note(SOURCES, PlanLine.Fate.LEFT, why);
      }
    }
    return take.with(take.settings().and(SOURCES, kept));
  }

  /** Which settings are other than here, or than is usual where there is no list. */
  private static Set<String> differing(Optional<MailingList> before, SettingsPatch given) {
    ListSettings here = before.map(MailingList::settings).orElse(ListSettings.DISCUSSION);
    var now = SettingsPatch.all(here).changes();
    TreeSet<String> names = new TreeSet<>();
    if (given.over(here) instanceof SettingsPatch.Result.Fits(var after)) {
      var then = SettingsPatch.all(after).changes();
      given.names().stream()
          .filter(name -> !then.path(name).equals(now.path(name)))
          .forEach(names::add);
    }
    return names;
  }

  /** Somebody, after the list itself. */
  public void member(Member member) {
    members++;
    if (member.bySource() && !sourced) {
      sourced = true;
      note(
          "sourced",
          PlanLine.Fate.PARTLY,
          "What members from other lists have set here is taken; they are on the list only as long"
              + " as a list of its memberSources has them.");
    }
    chunk.add(member);
    if (chunk.size() == CHUNK) {
      send();
    }
  }

  private void send() {
    if (chunk.isEmpty()) {
      return;
    }
    membersChanged += sent(new TakeOverChange.TakeOverMembers(List.copyOf(chunk)));
    chunk.clear();
    progress.at(members, expected);
  }

  /** How much a command changes. The first one that is refused is the last one. */
  private int sent(ListCommand command) {
    if (refusal != null) {
      return 0;
    }
    return switch (sender.send(id, command)) {
      case Done(_, var rows, _, _) -> rows;
      case Refused refused -> refused(refused);
      case NotFound(var text, _) -> refused(new Refused("not-found", text));
    };
  }

  private int refused(Refused why) {
    refusal = new Refusal(why.code(), why.text());
    return 0;
  }

  /** A post that waited for a moderator; after all members. */
  public void heldPost(HeldPost post) {
    send();
    heldPosts++;
    ScanReport scan = post.meta().scan();
    if (scan == null || !scan.mayGoOn()) {
      note("held", PlanLine.Fate.LEFT, "A held post has not passed a scanner.");
      return;
    }
    String holdId = HoldIds.of(id, post.meta().mailId());
    if (refusal != null || site.held().find(holdId).isPresent()) {
      return;
    }
    heldChanged += dryRun ? 1 : sent(new TakeOverChange.TakeOverHeld(hold(holdId, post)));
  }

  /** Its message lies there for a day at least, whatever becomes of the command. */
  private Hold hold(String holdId, HeldPost post) {
    MailMeta meta = post.meta();
    boolean ours =
        meta.recipients().stream()
            .allMatch(to -> to.route() instanceof Route.ListPost(var list) && list.equals(id));
    if (!ours) {
      meta =
          meta.withRecipients(
              List.of(
                  new RoutedRecipient(new ForwardPath.Mailbox(address), new Route.ListPost(id))));
    }
    RecordPosition position = published(holdId, meta, post);
    return new Hold(
        holdId,
        id,
        meta.mailId(),
        new MailPointer(position, meta.mailId(), post.message().sha256()),
        post.author(),
        post.subject(),
        post.message().size(),
        post.heldAt(),
        post.reasons(),
        post.sentences(),
        null,
        null,
        null);
  }

  private RecordPosition published(String holdId, MailMeta meta, HeldPost post) {
    return site.publisher()
        .write(
            MailRecords.mail(
                Topics.HELD, holdId, RecordType.HELD_MAIL, meta, meta.mailId(), post.message()));
  }

  /** What became of something. */
  public void note(String field, PlanLine.Fate fate, String text) {
    lines.add(new PlanLine(field, fate, text));
  }

  /** All is given: does the rest, and says what was done. */
  public ImportReport finish() {
    send();
    return new ImportReport(
        address,
        dryRun,
        made,
        changed + membersChanged + heldChanged,
        List.copyOf(settings),
        texts,
        members,
        membersChanged,
        heldPosts,
        heldChanged,
        lines.stream().distinct().toList(),
        refusal);
  }
}
