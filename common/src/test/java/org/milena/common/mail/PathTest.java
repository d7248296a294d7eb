package org.milena.common.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTest {

  private static final MailAddress ADDRESS = MailAddress.of("a@b.example");

  @Test
  void theNullReversePathIsACaseOfItsOwn() {
    assertThat(ReversePath.of("")).isEqualTo(new ReversePath.Null());
    assertThat(ReversePath.of("<>")).isEqualTo(new ReversePath.Null());
    assertThat(new ReversePath.Null().wire()).isEqualTo("<>");
    assertThat(new ReversePath.Null().mailbox()).isEmpty();
  }

  @Test
  void aReversePathMayBeAMailbox() {
    var path = ReversePath.of("a@b.example");
    assertThat(path).isEqualTo(new ReversePath.Mailbox(ADDRESS));
    assertThat(path).isEqualTo(ReversePath.of("<a@B.example>"));
    assertThat(path.wire()).isEqualTo("<a@b.example>");
    assertThat(path.mailbox()).contains(ADDRESS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" ", "<", ">", "a", "<a@b.example", "a@b.example>", "<<a@b.example>>", "< >"})
  void aBadPathNeverBecomesANullPath(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ReversePath.of(text));
    assertThatIllegalArgumentException().isThrownBy(() -> ForwardPath.of(text));
  }

  @Test
  void aForwardPathIsNeverNull() {
    assertThatIllegalArgumentException().isThrownBy(() -> ForwardPath.of("<>"));
    assertThatIllegalArgumentException().isThrownBy(() -> ForwardPath.of(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"postmaster", "<Postmaster>", "<POSTMASTER>"})
  void postmasterNeedsNoDomain(String text) {
    var path = ForwardPath.of(text);
    assertThat(path).isEqualTo(new ForwardPath.Postmaster());
    assertThat(path.wire()).isEqualTo("<Postmaster>");
    assertThat(path.mailbox()).isEmpty();
  }

  @Test
  void aForwardPathMayBeAMailbox() {
    assertThat(ForwardPath.of("<a@b.example>")).isEqualTo(new ForwardPath.Mailbox(ADDRESS));
    assertThat(ForwardPath.of("a@b.example").wire()).isEqualTo("<a@b.example>");
    assertThat(ForwardPath.of("postmaster@b.example").mailbox())
        .contains(MailAddress.of("postmaster@b.example"));
  }

  @Test
  void theEnvelopeKeepsItsOwnList() {
    var paths = new ArrayList<ForwardPath>(List.of(ForwardPath.of("a@b.example")));
    var envelope = new Envelope(new ReversePath.Null(), paths);
    paths.clear();
    assertThat(envelope.forwardPaths()).containsExactly(ForwardPath.of("a@b.example"));
  }
}
