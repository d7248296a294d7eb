package org.milena.common.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.milena.common.event.MailJson;
import org.milena.common.event.ScanReport.Passage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SettingsPatchTest {
  private static final ListSettings USUAL = ListSettings.DISCUSSION;

  @Test
  void everySettingHasOneNameOutside() {
    Set<String> names = new TreeSet<>();
    int components = 0;
    for (RecordComponent group : ListSettings.class.getRecordComponents()) {
      if (group.getName().equals("scanPolicy")) {
        names.add("scanPolicy");
        components++;
      } else {
        for (RecordComponent setting : group.getType().getRecordComponents()) {
          names.add(setting.getName());
          components++;
        }
      }
    }
    assertThat(names).hasSize(components);
    assertThat(SettingsPatch.all(USUAL).names()).isEqualTo(names);
  }

  @Test
  void settingsAreReadAsTheyWereWritten() {
    ListSettings some =
        USUAL
            .with("maxSize", 40_000)
            .with("bans", List.of("^.*@spam\\.example", "eve@e.example"))
            .with("headerFilters", List.of(new HeaderFilter("Subject", "viagra", PostAction.HOLD)))
            .with("replyToAddress", "help@example.org")
            .with("timeZone", "Europe/Vienna")
            .with("bounceThreshold", 2.5)
            .with(ScanPolicy.DEFAULT);
    assertThat(MailJson.read(MailJson.bytes(some), ListSettings.class)).isEqualTo(some);
  }

  @Test
  void whatIsNotThereIsAsByDefault() {
    assertThat(MailJson.read("{}", ListSettings.class)).isEqualTo(USUAL);
    assertThat(MailJson.read("{\"maxSize\":7,\"later\":1}", ListSettings.class))
        .isEqualTo(USUAL.with("maxSize", 7));
  }

  @Test
  void twoPatchesOfDifferentSettingsDoNotUndoEachOther() {
    SettingsPatch one = SettingsPatch.of("subjectPrefix", "[x] ");
    SettingsPatch other = SettingsPatch.of("maxSize", 9);
    assertThat(fits(other, fits(one, USUAL))).isEqualTo(fits(one, fits(other, USUAL)));
  }

  @Test
  void aPolicyIsChangedPartByPartAndTakenAwayByNull() {
    assertThat(USUAL.with("scanPolicy", Map.of("macros", "pass")).scanPolicy())
        .as("the rest is as usual")
        .isEqualTo(
            new ScanPolicy(
                0,
                null,
                ScanPolicy.Unscannable.KEEP,
                Passage.HOLD,
                Passage.PASS,
                Passage.KEEP,
                Passage.KEEP));
    ListSettings once = USUAL.with("scanPolicy", Map.of("quorum", 2));
    ListSettings twice = once.with("scanPolicy", Map.of("spam", "hold"));
    ScanPolicy policy = twice.scanPolicy();
    assertThat(policy).isNotNull();
    assertThat(policy.quorum()).isEqualTo(2);
    assertThat(policy.spam()).isEqualTo(Passage.HOLD);
    assertThat(fits(patch("{\"scanPolicy\":null}"), twice)).isEqualTo(USUAL);
  }

  @Test
  void wordsMayBeWrittenSmall() {
    assertThat(
            USUAL.with("subscribePolicy", "confirm_then_moderate").membership().subscribePolicy())
        .isEqualTo(SubscribePolicy.CONFIRM_THEN_MODERATE);
  }

  @Test
  void whatIsNoSettingIsRefusedWithItsName() {
    assertThatThrownBy(() -> USUAL.with("maxsize", 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"maxsize\"");
    for (String bad :
        List.of(
            "{\"maxSize\":\"big\"}",
            "{\"maxSize\":null}",
            "{\"memberAction\":\"eat\"}",
            "{\"bans\":\"a@b\"}",
            "{\"bans\":[null]}",
            "{\"emergency\":\"perhaps\"}",
            "{\"timeZone\":\"Mars\"}",
            "{\"replyToAddress\":\"nobody\"}",
            "{\"headerFilters\":[{\"header\":\"x\"}]}")) {
      SettingsPatch patch = patch(bad);
      assertThat(patch.over(USUAL))
          .as(bad)
          .isInstanceOfSatisfying(
              SettingsPatch.Result.Unfit.class,
              unfit -> assertThat(unfit.reason()).contains(patch.names().iterator().next()));
    }
  }

  @Test
  void aPatchIsTheSameAfterItsWayThroughALog() {
    SettingsPatch patch = SettingsPatch.of("maxSize", 9).and("bans", List.of("a@b.example"));
    assertThat(MailJson.read(MailJson.bytes(patch), SettingsPatch.class)).isEqualTo(patch);
    assertThat(patch.toString()).isEqualTo("{\"maxSize\":9,\"bans\":[\"a@b.example\"]}");
  }

  @Test
  void textsMeanWhatTheSettingIs() {
    JsonNode now = SettingsPatch.all(USUAL).changes();
    ObjectNode patch =
        SettingsText.patch(
            now,
            Map.of(
                "archived", "no",
                "maxSize", "12",
                "bans", "a@b.example, ^c",
                "subjectPrefix", "[a, b] ",
                "replyToAddress", "none",
                "scanPolicy.quorum", "2",
                "headerFilters", "[{\"header\":\"X\",\"pattern\":\"y\",\"action\":\"HOLD\"}]"));
    ListSettings then = fits(new SettingsPatch(patch), USUAL);
    assertThat(then.archive().archived()).isFalse();
    assertThat(then.posting().maxSize()).isEqualTo(12);
    assertThat(then.membership().bans()).containsExactly("a@b.example", "^c");
    assertThat(then.copies().subjectPrefix()).isEqualTo("[a, b] ");
    assertThat(then.posting().headerFilters())
        .containsExactly(new HeaderFilter("X", "y", PostAction.HOLD));
    assertThat(then.scanPolicy()).isNotNull();
    assertThatThrownBy(() -> SettingsText.patch(now, Map.of("archived", "perhaps")))
        .hasMessageContaining("archived is true or false");
    assertThatThrownBy(() -> SettingsText.patch(now, Map.of("maxSize", "1O")))
        .hasMessageContaining("maxSize is a number");
  }

  private static ListSettings fits(SettingsPatch patch, ListSettings now) {
    return switch (patch.over(now)) {
      case SettingsPatch.Result.Fits(var settings) -> settings;
      case SettingsPatch.Result.Unfit(var reason) -> throw new AssertionError(reason);
    };
  }

  private static SettingsPatch patch(String json) {
    return MailJson.read(json, SettingsPatch.class);
  }
}
