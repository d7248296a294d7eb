package org.milena.common.settings;

/** What kind of list one wants: settings to begin with. */
public enum ListStyle {
  /** Members post, others are held, joining is confirmed, the archive is public. */
  DISCUSSION,
  /** Only owners and moderators post unseen; members read. */
  ANNOUNCE,
  /** For a closed group: owners agree to who joins, only members post and read. */
  PRIVATE,
  /** For a help desk or a contact address: everybody posts, the archive is for members. */
  CONTACT;

  /** Its settings. */
  public ListSettings settings() {
    ListSettings usual = ListSettings.DISCUSSION;
    return switch (this) {
      case DISCUSSION -> usual;
      case ANNOUNCE ->
          usual
              .with("memberAction", PostAction.HOLD)
              .with("nonMemberAction", PostAction.REJECT)
              .with("listPost", false);
      case PRIVATE ->
          usual
              .with("subscribePolicy", SubscribePolicy.CONFIRM_THEN_MODERATE)
              .with("nonMemberAction", PostAction.REJECT)
              .with("archiveAccess", ArchiveAccess.MEMBERS)
              .with("advertised", false)
              .with("unprovenAction", PostAction.HOLD);
      case CONTACT ->
          usual
              .with("nonMemberAction", PostAction.DEFER)
              .with("archiveAccess", ArchiveAccess.MEMBERS)
              .with("subscribePolicy", SubscribePolicy.MODERATE);
    };
  }
}
