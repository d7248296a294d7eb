package org.milena.common.directory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.Pool;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.PostAction;

/**
 * Somebody on a list.
 *
 * @param roles never empty
 * @param action what happens to this one's posts; null for the list's default
 * @param options what is delivered, and how; left out of JSON where they are the usual ones
 * @param sourced true when this one is {@link MemberRole#MEMBER} only as long as a source of the
 *     list has him ({@code memberSources}); null when he is so by himself
 */
public record Member(
    ListId list,
    MailAddress address,
    String displayName,
    Set<MemberRole> roles,
    @Nullable PostAction action,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = MemberOptions.Usual.class)
        MemberOptions options,
    Instant since,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean sourced) {
  // a million members are on a thousand lists, in few sets of roles
  private static final Pool<ListId> LISTS = new Pool<>(1 << 12);
  private static final Pool<Set<MemberRole>> ROLES = new Pool<>(1 << 6);

  public Member {
    list = LISTS.same(list);
    roles = ROLES.same(Set.copyOf(roles));
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("a member without a role: " + address);
    }
    // a million members share one
    options = options.equals(MemberOptions.DEFAULT) ? MemberOptions.DEFAULT : options;
    sourced = Boolean.TRUE.equals(sourced) ? true : null;
  }

  /** Somebody by himself. */
  public Member(
      ListId list,
      MailAddress address,
      String displayName,
      Set<MemberRole> roles,
      @Nullable PostAction action,
      MemberOptions options,
      Instant since) {
    this(list, address, displayName, roles, action, options, since, null);
  }

  /** Somebody with the usual options. */
  public Member(
      ListId list,
      MailAddress address,
      String displayName,
      Set<MemberRole> roles,
      @Nullable PostAction action,
      Instant since) {
    this(list, address, displayName, roles, action, MemberOptions.DEFAULT, since);
  }

  /**
   * Reads a row.
   *
   * @param deliver in rows of version 0.1.0, which have no options: whether posts are delivered
   */
  @JsonCreator
  static Member read(
      @JsonProperty("list") ListId list,
      @JsonProperty("address") MailAddress address,
      @JsonProperty("displayName") String displayName,
      @JsonProperty("roles") Set<MemberRole> roles,
      @JsonProperty("action") @Nullable PostAction action,
      @JsonProperty("deliver") @Nullable Boolean deliver,
      @JsonProperty("options") @Nullable MemberOptions options,
      @JsonProperty("since") Instant since,
      @JsonProperty("sourced") @Nullable Boolean sourced) {
    MemberOptions known = options == null ? MemberOptions.DEFAULT : options;
    return new Member(
        list,
        address,
        displayName,
        roles,
        action,
        Boolean.FALSE.equals(deliver) ? known.stopped(Stop.BY_MODERATOR, null) : known,
        since,
        sourced);
  }

  /** Whether this one gets each post as it comes. */
  public boolean receivesPosts() {
    return receives(DeliveryMode.EVERY_POST);
  }

  /**
   * Whether this one gets the posts of a thread that he follows, whatever else he gets: what
   * bounces or a moderator stopped stays so.
   */
  public boolean mayFollow() {
    return (options.stopped() == null || options.stopped() == Stop.BY_MEMBER)
        && roles.contains(MemberRole.MEMBER);
  }

  /** Whether posts are delivered to this one in this way. */
  public boolean receives(DeliveryMode mode) {
    return options.stopped() == null && options.mode() == mode && roles.contains(MemberRole.MEMBER);
  }

  /** The same with other options. */
  public Member with(MemberOptions others) {
    return new Member(list, address, displayName, roles, action, others, since, sourced);
  }

  /** The same under another name. */
  public Member named(String name) {
    return new Member(list, address, name, roles, action, options, since, sourced);
  }

  /** The same in other roles. */
  public Member with(Set<MemberRole> others) {
    return new Member(list, address, displayName, others, action, options, since, sourced);
  }

  /** The same with another action; null for the list's. */
  public Member withAction(@Nullable PostAction other) {
    return new Member(list, address, displayName, roles, other, options, since, sourced);
  }

  /** The same, a member by a source or by himself. */
  public Member sourced(boolean only) {
    return new Member(list, address, displayName, roles, action, options, since, only);
  }

  /** Whether this one is a member only as long as a source of the list has him. */
  public boolean bySource() {
    return sourced != null;
  }

  /** Whether the list's own row settles by itself if this one is a member. */
  boolean settles() {
    return roles.contains(MemberRole.NONMEMBER)
        || (roles.contains(MemberRole.MEMBER) && sourced == null);
  }

  /** Key on {@link Topics#DIRECTORY_MEMBERS}. */
  public static String key(ListId list, MailAddress address) {
    return Topics.listKey(list, address.key());
  }
}
