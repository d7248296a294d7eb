package org.milena.listexpander.list;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.ListChange.ChangeList;
import org.milena.common.command.ListChange.CreateList;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberSource;
import org.milena.common.header.OneLine;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.pattern.AddressPatterns;
import org.milena.common.pattern.HeaderPatterns;
import org.milena.common.settings.AttachmentForm;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.common.settings.PostingSettings;
import org.milena.common.settings.ScanPolicy;
import org.milena.common.settings.SettingsPatch;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.source.SourceUrl;
import org.milena.listexpander.source.Sources;

/** Makes, changes and takes away lists. */
public final class ListEdits {
  /** Longest display name; it stands in every post's header. */
  static final int MAX_NAME = 200;

  /** Longest description. */
  static final int MAX_DESCRIPTION = 10_000;

  /** A hundred years. */
  private static final int MAX_ARCHIVE_DAYS = 36_525;

  /** Most sources that a list names. */
  static final int MAX_SOURCES = 50;

  /** More engines than anybody has. */
  static final int MAX_QUORUM = 16;

  /** By then the sender has given up as well (RFC 5321 section 4.5.4.1). */
  static final Duration MAX_PATIENCE = Duration.ofDays(7);

  private final ListNames names;

  public ListEdits(ListNames names) {
    this.names = names;
  }

  /** Makes a list. */
  public CommandOutcome create(Ledger ledger, ListId id, CreateList command, Instant now) {
    MailAddress address = command.address();
    Optional<String> refusal = names.refusal(address, domain -> ledger.domain(domain).isPresent());
    if (refusal.isPresent()) {
      return new Refused("list-name", refusal.get());
    }
    if (!id.equals(ListId.forAddress(address))) {
      return new Refused("list-id", "The id " + id + " is not that of a list at " + address + ".");
    }
    if (ledger.list(id).isPresent()) {
      // also where it has another address now: its name and its archive are that list's for good
      return ListRenames.taken(address);
    }
    if (ListRenames.isTaken(ledger, id, address, Optional.empty(), now)) {
      return ListRenames.taken(address);
    }
    Optional<Refused> unfit =
        unfit(command.displayName(), command.description(), command.settings())
            .or(() -> unfitSources(id, List.of(), command.settings()));
    if (unfit.isPresent()) {
      return unfit.get();
    }
    ledger.put(
        new MailingList(
            id,
            address,
            command.displayName().strip(),
            command.description().strip(),
            command.settings(),
            now,
            1));
    return new Done("The list " + address + " is made.", 1);
  }

  /** Changes what the command names. */
  public CommandOutcome change(Ledger ledger, ListId id, ChangeList command) {
    MailingList list = ledger.list(id).orElse(null);
    if (list == null) {
      return noList(id);
    }
    Long expected = command.ifVersion();
    if (expected != null && expected != list.version()) {
      return new Refused(
          "version",
          "Somebody else changed the list meanwhile: it has version %d, not %d."
              .formatted(list.version(), expected));
    }
    String name = command.displayName() == null ? list.displayName() : command.displayName();
    String description = command.description() == null ? list.description() : command.description();
    ListSettings settings = list.settings();
    if (command.settings() != null) {
      switch (command.settings().over(settings)) {
        case SettingsPatch.Result.Fits(var patched) -> settings = patched;
        case SettingsPatch.Result.Unfit(var reason) -> {
          return new Refused("settings", reason);
        }
      }
    }
    List<String> sources = list.settings().membership().memberSources();
    ListSettings wanted = settings;
    Optional<Refused> unfit =
        unfit(name, description, settings).or(() -> unfitSources(id, sources, wanted));
    if (unfit.isPresent()) {
      return unfit.get();
    }
    MailingList changed = list.described(name.strip(), description.strip()).with(settings);
    if (changed.equals(list)) {
      return new Done("Nothing was to be changed.", 0);
    }
    ledger.put(changed.next());
    Sources.forget(ledger, list, changed);
    return new Done("The list " + list.address() + " is changed.", 1);
  }

  /** Closes a list for good, or opens it again. */
  public static CommandOutcome retire(Ledger ledger, MailingList list, boolean retired) {
    if (list.closedForGood() == retired) {
      return new Done("Nothing was to be changed.", 0);
    }
    ledger.put(list.withRetired(retired).next());
    return new Done(
        retired
            ? "The list %s is closed; its archive stays.".formatted(list.address())
            : "The list %s is open again.".formatted(list.address()),
        1);
  }

  /** Sets the password of its moderators, or none. */
  public static CommandOutcome secret(Ledger ledger, MailingList list, @Nullable String argon2id) {
    ledger.put(list.withModeratorSecret(argon2id).next());
    return new Done(
        argon2id == null
            ? "The list %s has no moderators' password.".formatted(list.address())
            : "The list %s has a new moderators' password.".formatted(list.address()),
        1);
  }

  /**
   * Takes a list away, and its members with it. Its archive stays; what waits for a moderator must
   * be decided before.
   *
   * @param heldPosts how many posts wait
   */
  public CommandOutcome delete(Ledger ledger, ListId id, int heldPosts) {
    MailingList list = ledger.list(id).orElse(null);
    if (list == null) {
      return noList(id);
    }
    if (heldPosts > 0) {
      return new Refused(
          "held-posts",
          "%d held posts of %s wait for a decision; accept, reject or discard them before."
              .formatted(heldPosts, list.address()));
    }
    List<MailAddress> members = new ArrayList<>();
    ledger.eachRow(id, member -> members.add(member.address()));
    members.forEach(address -> ledger.deleteMember(id, address));
    ledger.deleteList(id);
    return new Done(
        "The list %s and its %,d members are gone; its archive stays."
            .formatted(list.address(), members.size()),
        1);
  }

  /** Nothing is known of such a list. */
  public static NotFound noList(ListId id) {
    return new NotFound("There is no list " + id + ".");
  }

  /** Why no list can have these; empty when one can. */
  public static Optional<Refused> unfit(
      String displayName, String description, ListSettings settings) {
    if (displayName.length() > MAX_NAME || hasControls(displayName)) {
      return Optional.of(
          new Refused(
              "display-name",
              "A display name is one line of at most " + MAX_NAME + " characters."));
    }
    if (description.length() > MAX_DESCRIPTION) {
      return Optional.of(
          new Refused(
              "description", "A description has at most " + MAX_DESCRIPTION + " characters."));
    }
    if (settings.posting().maxSize() < 0) {
      return Optional.of(
          new Refused("max-size", "A limit of size is 0 (none of its own) or more."));
    }
    if (settings.copies().attachmentLinkSize() < 0) {
      return Optional.of(
          new Refused("attachments", "attachmentLinkSize is 0 (all attachments) or more octets."));
    }
    if (settings.copies().attachments() == AttachmentForm.LINK && !settings.archive().archived()) {
      return Optional.of(
          new Refused(
              "attachments",
              "attachments=LINK puts links to the archive into copies, and the list keeps none:"
                  + " set archived=true, or attachments=KEEP."));
    }
    int days = settings.archive().archiveDays();
    if (days < 0 || days > MAX_ARCHIVE_DAYS) {
      return Optional.of(
          new Refused(
              "archive-days",
              "archiveDays is 0 (posts are kept for good) or 1 to %,d days."
                  .formatted(MAX_ARCHIVE_DAYS)));
    }
    PostingSettings posting = settings.posting();
    if (Stream.of(posting.unprovenAction(), posting.disownedAction(), posting.suspectAction())
        .anyMatch(action -> action == PostAction.ACCEPT)) {
      return Optional.of(
          new Refused(
              "action",
              "What speaks against a post is no reason to accept it: DEFER leaves it to the other"
                  + " rules."));
    }
    return unfitPatterns(settings)
        .or(() -> Optional.ofNullable(settings.scanPolicy()).flatMap(ListEdits::unfit));
  }

  /**
   * Sources were looked up, and the right to name them looked at, where somebody named them; here
   * they must be what that made of them.
   */
  private static Optional<Refused> unfitSources(
      ListId id, List<String> before, ListSettings settings) {
    List<String> sources = settings.membership().memberSources();
    if (sources.size() > MAX_SOURCES) {
      return Optional.of(
          new Refused(
              "member-sources", "memberSources names at most %d sources.".formatted(MAX_SOURCES)));
    }
    return sources.stream()
        .filter(source -> !before.contains(source))
        .flatMap(source -> unfitSource(id, source).stream())
        .findFirst()
        .map(why -> new Refused("member-sources", "memberSources: " + why));
  }

  private static Optional<String> unfitSource(ListId id, String source) {
    boolean kept =
        MemberSource.isUrl(source)
            ? SourceUrl.parse(source) instanceof SourceUrl.Result.Valid(var url)
                && url.toString().equals(source)
            : MemberSource.read(source).isPresent();
    if (!kept) {
      return Optional.of("\"%s\" is no source.".formatted(OneLine.of(source, 80)));
    }
    return MemberSource.read(source)
        .filter(read -> read.list().equals(id))
        .map(_ -> "A list cannot be a source of itself.");
  }

  /** Patterns are refused when they are set: at a post, a broken one would match nothing. */
  private static Optional<Refused> unfitPatterns(ListSettings settings) {
    PostingSettings posting = settings.posting();
    return Stream.of(
            posting.acceptNonMembers(),
            posting.holdNonMembers(),
            posting.rejectNonMembers(),
            posting.discardNonMembers(),
            posting.acceptableAliases(),
            settings.membership().bans(),
            settings.dmarc().dmarcAddresses(),
            settings.dmarc().dmarcExcept())
        .flatMap(patterns -> AddressPatterns.refusal(patterns).stream())
        .findFirst()
        .or(() -> HeaderPatterns.refusal(posting.headerFilters()))
        .map(why -> new Refused("pattern", why));
  }

  private static Optional<Refused> unfit(ScanPolicy policy) {
    Duration patience = policy.patience();
    if (policy.quorum() > MAX_QUORUM) {
      return unfitPolicy("A quorum is 0 (all engines) to " + MAX_QUORUM + ".");
    }
    if (patience != null && patience.compareTo(MAX_PATIENCE) > 0) {
      return unfitPolicy("Patience lasts at most " + MAX_PATIENCE.toDays() + " days.");
    }
    return Optional.empty();
  }

  private static Optional<Refused> unfitPolicy(String why) {
    return Optional.of(new Refused("scan-policy", why));
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }
}
