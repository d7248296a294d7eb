package org.milena.listexpander.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.FetchedSource.Entry;
import org.milena.common.mail.MailAddress;

class SourceTextTest {
  private static final Entry ANN = new Entry(MailAddress.of("ann@a.example"), "Ann");

  @Test
  void readsOneAddressALineOnce() {
    assertThat(
            SourceText.read(
                "# staff\n\nAnn <ann@a.example>\r\nANN@a.example\nbob@b.example\nno address\n", 10))
        .isEqualTo(
            new SourceText.Result.Read(
                List.of(ANN, new Entry(MailAddress.of("bob@b.example"), "")), 1));
  }

  @Test
  void readsATableByItsHeading() {
    assertThat(SourceText.read("name,email\nAnn,ann@a.example\n", 10))
        .isEqualTo(new SourceText.Result.Read(List.of(ANN), 0));
  }

  @Test
  void takesOfATableOnlyMembersWhoGetPosts() {
    assertThat(
            SourceText.read(
                """
                email,name,role,delivery,mode
                ann@a.example,Ann,owner member,yes,mime digest
                bob@b.example,,owner,,
                eve@e.example,,nonmember,,
                dora@d.example,,member,no,
                fay@f.example,,,,none
                gil@g.example,,,,
                """,
                10))
        .isEqualTo(
            new SourceText.Result.Read(
                List.of(ANN, new Entry(MailAddress.of("gil@g.example"), "")), 0));
  }

  @Test
  void aTableOfOthersIsAListNevertheless() {
    assertThat(
            SourceText.read("email,role\nbob@b.example,owner\neve@e.example,owner\nnobody\n", 10))
        .isEqualTo(new SourceText.Result.Read(List.of(), 1));
  }

  @Test
  void anEmptyTextIsAnEmptyList() {
    assertThat(SourceText.read("", 10)).isEqualTo(new SourceText.Result.Read(List.of(), 0));
  }

  @Test
  void takesNoErrorPageForAList() {
    assertThat(SourceText.read("<html>\n<body>\nSorry\nann@a.example\n</body>\n", 10))
        .isInstanceOf(SourceText.Result.Unfit.class);
  }

  @Test
  void takesNoMoreThanTheLimit() {
    assertThat(SourceText.read("a@a.example\nb@a.example\n", 1))
        .isInstanceOf(SourceText.Result.Unfit.class);
  }

  @Test
  void neverThrowsWhateverStandsThere() {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int c = random.nextInt(200); c > 0; c--) {
        text.append("ab@.,;\"<>#\n\r\t \u00e4\u0000".charAt(random.nextInt(16)));
      }
      assertThat(SourceText.read(text.toString(), 50)).isNotNull();
    }
  }
}
