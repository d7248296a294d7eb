package org.milena.listexpander.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.listexpander.template.TemplateText.Filled;
import org.milena.listexpander.template.TemplateText.Result;

class TemplateTextTest {

  @ParameterizedTest
  @CsvSource({
    "'Subject: Hi ${user_email}\n\nYou are in.\n','Hi ana@example.org','You are in.\n'",
    "'subject:Hi\nYou are in.','Hi','You are in.\n'",
    "'Subject: Hi\r\n\r\nOne\r\n\r\nTwo\r\n\r\n','Hi','One\n\nTwo\n'",
    "'You are in.','','You are in.\n'",
    "'\nSubject: x','','\nSubject: x\n'"
  })
  void readsSubjectAndText(String written, String subject, String text) {
    assertThat(fits(TemplateName.WELCOME, written).fill(examples(TemplateName.WELCOME)))
        .isEqualTo(new Filled(subject, text));
  }

  @Test
  void takesNoSubjectFromWhatHasNone() {
    assertThat(fits(TemplateName.FOOTER, "Subject: x").fill(examples(TemplateName.FOOTER)).text())
        .isEqualTo("Subject: x\n");
  }

  @Test
  void makesOneLineOfASubjectWhateverTheValuesAre() {
    Map<String, String> values = examples(TemplateName.HELD_POST);
    values.put("subject", "a\r\nBcc: eve@e.example\u2028b" + "x".repeat(10_000));
    Filled filled = fits(TemplateName.HELD_POST, "Subject: Held: ${subject}\n\nx").fill(values);
    assertThat(filled.subject()).startsWith("Held: a Bcc: eve@e.example bxxx").hasSizeLessThan(702);
    assertThat(filled.subject().chars()).noneMatch(Character::isISOControl);
  }

  @ParameterizedTest
  @CsvSource({
    "WELCOME,'','The text is empty.'",
    "WELCOME,'Subject: x\n\n \n','The text is empty.'",
    "WELCOME,'Subject: \n\nx','Line 1, column 1: the subject is empty.'",
    "WELCOME,'Subject: x\n\nHi ${token}','Line 3, column 4: there is no placeholder ${token}; "
        + "known here are: user_email, listname,'",
    "CONFIRM_JOINING,'Subject: Please confirm\n\nx','begin with confirm ${token}'",
    "CONFIRM_JOINING,'Subject: confirm ${token}x\n\nx','begin with confirm ${token}'",
    "FLOOD,'','The text is empty.'"
  })
  void saysWhatIsBroken(TemplateName name, String written, String why) {
    assertThat(TemplateText.parse(name, written))
        .isInstanceOfSatisfying(
            Result.Broken.class, broken -> assertThat(broken.why()).contains(why));
  }

  @ParameterizedTest
  @CsvSource({
    "FOOTER,''",
    "SIGNATURE,'\n'",
    "CONFIRM_JOINING,'Subject: confirm ${token} (${listname})\n\nx'",
    "CONFIRM_JOINING,'Please answer'"
  })
  void takesWhatIsWell(TemplateName name, String written) {
    assertThat(TemplateText.parse(name, written)).isInstanceOf(Result.Fits.class);
  }

  @Test
  void takesTheLongestTextThatMayBe() {
    String longest = "x".repeat(Placeholders.MAX_LENGTH);
    assertThat(fits(TemplateName.FOOTER, longest).fill(examples(TemplateName.FOOTER)).text())
        .isEqualTo(longest + "\n");
  }

  @Test
  void keepsWhatWasWritten() {
    assertThat(fits(TemplateName.FOOTER, "a\r\n\nb").source()).isEqualTo("a\n\nb");
  }

  static TemplateText fits(TemplateName name, String written) {
    return switch (TemplateText.parse(name, written)) {
      case Result.Fits(var text) -> text;
      case Result.Broken broken -> throw new AssertionError(broken);
    };
  }

  static Map<String, String> examples(TemplateName name) {
    Map<String, String> values = new HashMap<>();
    name.placeholders().forEach(one -> values.put(one.name(), one.example()));
    return values;
  }
}
