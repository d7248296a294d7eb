package org.milena.listexpander.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.milena.common.command.CommandOutcome;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.RoleNames;
import org.milena.common.directory.Template;
import org.milena.common.event.ListState;
import org.milena.common.header.OneLine;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.SettingsPatch;
import org.milena.listexpander.list.ListEdits;
import org.milena.listexpander.membership.MemberEdits;

/** A plan while it is made; every step notes what became of the field that it is about. */
public final class PlanBuilder {
  static final String OWN_ADDRESS =
      "An entry is an address of the list itself: its posts would come back to it.";

  /** Longest display name. */
  static final int MAX_NAME = 200;

  /** Longest description. */
  static final int MAX_DESCRIPTION = 10_000;

  private static final int MAX_SHOWN = 120;

  private final MailAddress address;
  private final ListId list;
  private final Map<String, Member> members = new TreeMap<>();
  private final Map<String, Template> templates = new LinkedHashMap<>();
  private final List<PlanLine> lines = new ArrayList<>();
  private SettingsPatch settings = SettingsPatch.NONE;
  private String displayName;
  private String description = "";
  private ListState state;

  public PlanBuilder(MailAddress address) {
    this.address = address;
    this.list = ListId.forAddress(address);
    this.displayName = address.localPart();
    this.state = ListState.first(list);
  }

  /** The list to be. */
  public ListId list() {
    return list;
  }

  /** Where one will post. */
  public MailAddress address() {
    return address;
  }

  /** The value stands for this setting. */
  public PlanBuilder set(String field, String setting, Object value) {
    return put(field, setting, value, PlanLine.Fate.TAKEN, "");
  }

  /** The value stands for this setting where there is one. */
  public PlanBuilder set(String field, String setting, Optional<?> value) {
    value.ifPresent(known -> set(field, setting, known));
    return this;
  }

  /**
   * The value stands for most of what the field meant.
   *
   * @param lost a sentence
   */
  public PlanBuilder setPartly(String field, String setting, Object value, String lost) {
    return put(field, setting, value, PlanLine.Fate.PARTLY, " " + lost);
  }

  private PlanBuilder put(
      String field, String setting, Object value, PlanLine.Fate fate, String more) {
    SettingsPatch next = settings.and(setting, value);
    Optional<String> refusal = refusal(next);
    if (refusal.isPresent()) {
      return left(field, refusal.get());
    }
    settings = next;
    String shown = OneLine.of(String.valueOf(next.changes().get(setting)), MAX_SHOWN);
    lines.add(new PlanLine(field, fate, setting + " becomes " + shown + "." + more));
    return this;
  }

  /** Why no list can have these: one that is left behind is better than none that come. */
  private static Optional<String> refusal(SettingsPatch all) {
    return switch (all.over(ListSettings.DISCUSSION)) {
      case SettingsPatch.Result.Unfit(var why) -> Optional.of(why);
      case SettingsPatch.Result.Fits(var settings) ->
          ListEdits.unfit("", "", settings).map(CommandOutcome.Refused::text);
    };
  }

  /** The field is taken over as something else than a setting. */
  public PlanBuilder taken(String field, String text) {
    lines.add(new PlanLine(field, PlanLine.Fate.TAKEN, text));
    return this;
  }

  /** The field is taken over as something else than a setting, for the most part. */
  public PlanBuilder partly(String field, String text) {
    lines.add(new PlanLine(field, PlanLine.Fate.PARTLY, text));
    return this;
  }

  /** The field is left behind. */
  public PlanBuilder left(String field, String why) {
    lines.add(new PlanLine(field, PlanLine.Fate.LEFT, why));
    return this;
  }

  /** The field is left behind, if it is there. */
  public PlanBuilder leftIf(boolean there, String field, String why) {
    return there ? left(field, why) : this;
  }

  /** The words shown for the list. */
  public PlanBuilder named(String field, String name) {
    String line = OneLine.of(name, MAX_NAME - 1);
    if (!line.isEmpty()) {
      displayName = line;
      taken(field, "The display name becomes " + OneLine.of(line, MAX_SHOWN) + ".");
    }
    return this;
  }

  /** What the list is about; several fields become paragraphs of it. */
  public PlanBuilder described(String field, String text) {
    String more = text.strip();
    if (more.isEmpty()) {
      return this;
    }
    String all = description.isEmpty() ? more : description + "\n\n" + more;
    if (all.length() > MAX_DESCRIPTION) {
      description = all.substring(0, MAX_DESCRIPTION - 1) + "…";
      return partly(field, "It is cut where a description ends.");
    }
    description = all;
    return taken(field, "It stands in the description.");
  }

  /** A text in place of ours; an empty one says nothing. */
  public PlanBuilder template(String field, Template template) {
    templates.put(template.name() + "/" + template.language(), template);
    return this;
  }

  /** Numbers to go on with. */
  public PlanBuilder state(ListState numbers) {
    state = numbers;
    return this;
  }

  /** The words so far. */
  public String displayName() {
    return displayName;
  }

  /** What it is about so far. */
  public String description() {
    return description;
  }

  /** The numbers so far. */
  public ListState state() {
    return state;
  }

  /**
   * Somebody. Who is there already gets the roles as well; a member's own choices count before
   * those of other roles.
   *
   * @return whether there can be such a member
   */
  public boolean member(String field, Member member) {
    if (RoleNames.belongsTo(address, member.address())) {
      left(field, OWN_ADDRESS);
      return false;
    }
    Member fit =
        MemberEdits.unfitName(member.displayName()).isPresent()
            ? renamed(member, OneLine.of(member.displayName(), MAX_NAME - 1))
            : member;
    members.merge(fit.address().key(), fit, PlanBuilder::both);
    return true;
  }

  private static Member renamed(Member member, String name) {
    return new Member(
        member.list(),
        member.address(),
        name,
        member.roles(),
        member.action(),
        member.options(),
        member.since());
  }

  private static Member both(Member before, Member more) {
    Set<MemberRole> roles = new HashSet<>(before.roles());
    roles.addAll(more.roles());
    boolean first =
        before.roles().contains(MemberRole.MEMBER) || !more.roles().contains(MemberRole.MEMBER);
    Member chosen = first ? before : more;
    if (roles.contains(MemberRole.MEMBER)) {
      roles.remove(MemberRole.NONMEMBER);
    } else if (chosen.action() == null && more.action() != null) {
      chosen = chosen.withAction(more.action());
    }
    Member joined = chosen.with(roles);
    return joined.displayName().isEmpty()
        ? renamed(joined, first ? more.displayName() : before.displayName())
        : joined;
  }

  /** The entry of this address, if there is one. */
  public Optional<Member> at(MailAddress someone) {
    return Optional.ofNullable(members.get(someone.key()));
  }

  /** The fields that something was said of. */
  public Set<String> noted() {
    Set<String> fields = new HashSet<>();
    lines.forEach(line -> fields.add(line.field()));
    return fields;
  }

  /** The whole. */
  public ListPlan build() {
    List<PlanLine> sorted =
        lines.stream().distinct().sorted(Comparator.comparing(PlanLine::field)).toList();
    return new ListPlan(
        address,
        displayName,
        description,
        settings,
        List.copyOf(members.values()),
        List.copyOf(templates.values()),
        state,
        sorted);
  }
}
