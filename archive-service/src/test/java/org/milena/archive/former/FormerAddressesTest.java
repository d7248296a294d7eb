package org.milena.archive.former;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormerAddressesTest {
  private static final String HASH = "XZ3DGG4V37BZTTLXNUX4NABB4DNQHTCP";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/archives/ | AllLists[]",
        "/hyperkitty/lists/ | AllLists[]",
        "/archives/list/dev@x.org/ | OfList[list=dev@x.org, month=null, mbox=false]",
        "/mailman3/hyperkitty/list/dev@x.org/ | OfList[list=dev@x.org, month=null, mbox=false]",
        "/archives/list/dev.x.org/latest | OfList[list=dev.x.org, month=null, mbox=false]",
        "/archives/list/dev@x.org/2020/1/ | OfList[list=dev@x.org, month=2020-01, mbox=false]",
        "/archives/list/dev@x.org/2020/12/31/ | OfList[list=dev@x.org, month=2020-12, mbox=false]",
        "/archives/list/dev@x.org/2020/13/ | -",
        "/archives/list/dev@x.org/message/HASH/ | ByKey[list=dev@x.org, key=hk:HASH, page=POST,"
            + " otherwise=null]",
        "/archives/list/dev@x.org/message/HASH/attachment/2/a.png | ByKey[list=dev@x.org,"
            + " key=hk:HASH, page=POST, otherwise=null]",
        "/archives/list/dev@x.org/thread/HASH/#HASH | ByKey[list=dev@x.org, key=hk:HASH,"
            + " page=THREAD, otherwise=null]",
        "/archives/list/dev@x.org/message/nohash/ | -",
        "/archives/list/dev@x.org/export/dev.mbox.gz?start=2020-02-01&end=2020-03-01 |"
            + " OfList[list=dev@x.org, month=2020-02, mbox=true]",
        "/archives/list/dev@x.org/export/dev.mbox.gz?thread=HASH | ByKey[list=dev@x.org,"
            + " key=hk:HASH, page=MBOX, otherwise=null]",
        "/archives/list/dev@x.org/export/dev.mbox.gz?message=HASH | ByKey[list=dev@x.org,"
            + " key=hk:HASH, page=RAW, otherwise=null]",
        "/archives/list/dev@x.org/feed/ | FeedOf[list=dev@x.org]",
        "/archives/search?q=a+b&mlist=dev@x.org | Search[list=dev@x.org, query=a b, form=PAGE]",
        "/archives/search?q=a | Search[list=null, query=a, form=PAGE]",
        "/archives/other | -",
        "/pipermail/ | AllLists[]",
        "/pipermail/dev/ | OfList[list=dev, month=null, mbox=false]",
        "/pipermail/dev/2020-January/thread.html | OfList[list=dev, month=2020-01, mbox=false]",
        "/pipermail/dev/2020-December.txt.gz | OfList[list=dev, month=2020-12, mbox=true]",
        "/pipermail/dev/2020-January/000123.html | ByKey[list=dev,"
            + " key=url:/pipermail/dev/2020-January/000123.html, page=POST,"
            + " otherwise=OfList[list=dev, month=2020-01, mbox=false]]",
        "/pipermail/dev/attachments/20200101/abc/a.bin | ByKey[list=dev,"
            + " key=url:/pipermail/dev/attachments/20200101/abc/a.bin, page=POST, otherwise=null]",
        "/pipermail/dev/2020-Januar/ | -",
        "/arc/dev/2020-01/ | OfList[list=dev, month=2020-01, mbox=false]",
        "/arc/dev/2020-01/msg00012.html | ByKey[list=dev, key=url:/arc/dev/2020-01/msg00012.html,"
            + " page=POST, otherwise=OfList[list=dev, month=2020-01, mbox=false]]",
        "/thread.html/%3Ca%2Fb@c%3E | ByMessageId[list=null, messageId=a/b@c, page=THREAD]",
        "/thread.html/a@c@%3Cdev.x.org%3E | ByMessageId[list=null, messageId=a@c, page=THREAD]",
        "/thread/mvnyx5zdots0n3r8392hhzo9ov18gc5y | ByKey[list=null,"
            + " key=pm:mvnyx5zdots0n3r8392hhzo9ov18gc5y, page=THREAD, otherwise=null]",
        "/thread/mvnyx5zdots0n3r8392hhzo9ov18gc5y@%3Cdev.x.org%3E | ByKey[list=null,"
            + " key=pm:mvnyx5zdots0n3r8392hhzo9ov18gc5y, page=THREAD, otherwise=null]",
        "/list.html | AllLists[]",
        "/list.html?dev@x.org | OfList[list=dev@x.org, month=null, mbox=false]",
        "/list.html?dev@x.org:2020-1 | OfList[list=dev@x.org, month=2020-01, mbox=false]",
        "/list.html?dev@x.org:lte=1M:two%20words | Search[list=dev@x.org, query=two words,"
            + " form=PAGE]",
        "/dev/ | OfList[list=dev, month=null, mbox=false]",
        "/dev/?q=a | Search[list=dev, query=a, form=PAGE]",
        "/dev/?q=a&x=A | Search[list=dev, query=a, form=FEED]",
        "/dev/?q=a&x=m | Search[list=dev, query=a, form=MBOX]",
        "/dev/new.atom | FeedOf[list=dev]",
        "/dev/a@b/ | ByMessageId[list=dev, messageId=a@b, page=POST]",
        "/dev/a%2Fb@c/raw | ByMessageId[list=dev, messageId=a/b@c, page=RAW]",
        "/dev/a@b/t/ | ByMessageId[list=dev, messageId=a@b, page=THREAD]",
        "/dev/a@b/T/ | ByMessageId[list=dev, messageId=a@b, page=FLAT]",
        "/dev/a@b/t.mbox.gz | ByMessageId[list=dev, messageId=a@b, page=MBOX]",
        "/dev/a@b/t.atom | ByMessageId[list=dev, messageId=a@b, page=FEED]",
        "/dev/m/a@b.html | ByMessageId[list=dev, messageId=a@b, page=POST]",
        "/dev/f/a@b | ByMessageId[list=dev, messageId=a@b, page=POST]",
        "/dev/other | -",
        "/ | -",
      })
  void readsWhatOtherArchivesWrote(String url, String meaning) {
    assertThat(read(url.replace("HASH", HASH)).map(Object::toString).orElse("-"))
        .isEqualTo(meaning.replace("HASH", HASH));
  }

  @Test
  void readsAnything() {
    Random random = new Random(3);
    List<String> words =
        List.of(
            "archives",
            "list",
            "pipermail",
            "2020-January",
            "..",
            "",
            "a@b",
            "@",
            "<>",
            ":",
            "thread",
            "msg1.html",
            "%",
            "m",
            "list.html",
            "export");
    for (int round = 0; round < 20_000; round++) {
      List<String> path =
          random.ints(1 + random.nextInt(5), 0, words.size()).mapToObj(words::get).toList();
      String word = words.get(random.nextInt(words.size()));
      Optional<FormerAddress> read =
          FormerAddresses.read(path, Map.of("start", word, "thread", word), word);
      assertThat(read).isNotNull();
    }
  }

  private static Optional<FormerAddress> read(String url) {
    String[] parts = url.replaceFirst("#.*", "").split("\\?", 2);
    String query = parts.length > 1 ? parts[1] : "";
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.split("&")) {
      String[] both = pair.split("=", 2);
      if (both.length == 2) {
        parameters.put(both[0], decode(both[1]));
      }
    }
    List<String> path =
        Arrays.stream(parts[0].substring(1).split("/", -1))
            .map(FormerAddressesTest::decode)
            .toList();
    return FormerAddresses.read(path, parameters, decode(query));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
