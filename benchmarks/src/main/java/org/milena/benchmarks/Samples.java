package org.milena.benchmarks;

import java.nio.charset.StandardCharsets;
import org.milena.common.mail.RawMessage;

/** Mails as lists see them. */
final class Samples {

  /** A post of about {@code size} octets with the headers it has after three hops. */
  static RawMessage post(int size) {
    StringBuilder text = new StringBuilder(size + 200);
    for (int hop = 3; hop > 0; hop--) {
      text.append("Received: from mx")
          .append(hop)
          .append(".example.org (mx.example.org [192.0.2.")
          .append(hop)
          .append("])\r\n\tby in.example.net with ESMTPS id 4Xabc")
          .append(hop)
          .append(";\r\n\tSat, 21 Nov 2026 10:00:00 +0000 (UTC)\r\n");
    }
    text.append("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=x;\r\n")
        .append("\th=from:to:subject:date:message-id; bh=")
        .append("A".repeat(44))
        .append(";\r\n\tb=")
        .append("B".repeat(344))
        .append("\r\nFrom: =?UTF-8?Q?J=C3=B6rg?= Example <joerg@example.org>\r\n")
        .append("To: Users <users@lists.example.net>\r\nSubject: Re: [users] a question\r\n")
        .append("Date: Sat, 21 Nov 2026 11:00:00 +0100\r\n")
        .append("Message-ID: <CAK+1234567890abcdef@mail.example.org>\r\n")
        .append("In-Reply-To: <20261120.1@example.net>\r\n")
        .append("References: <20261119.1@example.net> <20261120.1@example.net>\r\n")
        .append("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n");
    while (text.length() < size) {
      text.append("All work and no play makes Jack a dull boy, says the list.\r\n.. and a dot\r\n");
    }
    return RawMessage.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Samples() {}
}
