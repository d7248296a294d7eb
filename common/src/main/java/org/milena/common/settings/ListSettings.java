package org.milena.common.settings;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * What an owner can set. In JSON the settings of all groups stand side by side, each under its own
 * name.
 *
 * @param scanPolicy what the scanner makes of its engines' words here; null for the site's.
 *     Operators only
 */
@JsonDeserialize(using = SettingsReader.class)
public record ListSettings(
    @JsonUnwrapped PostingSettings posting,
    @JsonUnwrapped ModerationSettings moderation,
    @JsonUnwrapped MembershipSettings membership,
    @JsonUnwrapped CopySettings copies,
    @JsonUnwrapped ContentFilterSettings filter,
    @JsonUnwrapped DmarcSettings dmarc,
    @JsonUnwrapped ArchiveSettings archive,
    @JsonUnwrapped DigestSettings digests,
    @JsonUnwrapped BounceSettings bounces,
    @JsonUnwrapped AnswerSettings answers,
    @Nullable ScanPolicy scanPolicy) {

  /** A discussion list: members post, others are held, joining is confirmed, archive public. */
  public static final ListSettings DISCUSSION =
      new ListSettings(
          PostingSettings.DEFAULT,
          ModerationSettings.DEFAULT,
          MembershipSettings.DEFAULT,
          CopySettings.DEFAULT,
          ContentFilterSettings.DEFAULT,
          DmarcSettings.DEFAULT,
          ArchiveSettings.DEFAULT,
          DigestSettings.DEFAULT,
          BounceSettings.DEFAULT,
          AnswerSettings.DEFAULT,
          null);

  /**
   * The same with another value for one setting.
   *
   * @throws IllegalArgumentException when there is no such setting, or it cannot be that
   */
  public ListSettings with(String name, Object value) {
    return switch (SettingsPatch.of(name, value).over(this)) {
      case SettingsPatch.Result.Fits(var settings) -> settings;
      case SettingsPatch.Result.Unfit(var reason) -> throw new IllegalArgumentException(reason);
    };
  }

  /** The same with another policy for the scanner; null for the site's. */
  public ListSettings with(@Nullable ScanPolicy policy) {
    return new ListSettings(
        posting,
        moderation,
        membership,
        copies,
        filter,
        dmarc,
        archive,
        digests,
        bounces,
        answers,
        policy);
  }
}
