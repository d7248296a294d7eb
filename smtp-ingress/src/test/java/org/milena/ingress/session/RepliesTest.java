package org.milena.ingress.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.milena.common.status.EnhancedStatus;
import org.milena.common.status.SmtpReply;

/** Every reply of the table. */
class RepliesTest {

  private static List<SmtpReply> all() throws IllegalAccessException {
    var replies = new ArrayList<SmtpReply>();
    for (Field field : Replies.class.getDeclaredFields()) {
      if (field.getType() == SmtpReply.class) {
        field.setAccessible(true);
        replies.add((SmtpReply) field.get(null));
      }
    }
    return replies;
  }

  /** RFC 2034 section 4: all but greeting, HELO, EHLO and 3yz. */
  @Test
  void haveAnEnhancedStatusOfTheirClass() throws IllegalAccessException {
    assertThat(all()).hasSizeGreaterThan(50);
    for (SmtpReply reply : all()) {
      EnhancedStatus status = reply.status();
      if (reply.equals(Replies.HELO_NAME) || reply.code() / 100 == 3) {
        assertThat(status).isNull();
      } else {
        assertThat(status).as(reply.toString()).isNotNull();
      }
    }
  }

  @Test
  void fitOnOneLineOfAscii() throws IllegalAccessException {
    for (SmtpReply reply : all()) {
      assertThat(reply.wireLines()).hasSize(1);
      assertThat(reply.toString()).matches("[ -~]*");
    }
  }
}
