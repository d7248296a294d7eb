package org.milena.testkit.html;

import java.util.List;

/**
 * Payloads that run a script, load something or lead astray, in a page that lets them. Each that
 * runs sets {@code window.hit}; each that loads asks {@value #ELSEWHERE}.
 */
public final class HostileHtml {

  /** A host that no page of ours has a reason to ask. */
  public static final String ELSEWHERE = "elsewhere.invalid";

  private static final String RUN = "window.hit=1";
  private static final String FAR = "http://" + ELSEWHERE + "/x";

  /** For any place: text, attributes, HTML. */
  public static List<String> all() {
    return List.of(
        "<script>" + RUN + "</script>",
        "</title></textarea></style><script>" + RUN + "</script>",
        "<img src=x onerror=" + RUN + ">",
        "\"><img src=x onerror=" + RUN + ">",
        "'><img src=x onerror=" + RUN + ">",
        "\" onmouseover=\"" + RUN + "\" autofocus onfocus=\"" + RUN,
        "<svg onload=" + RUN + ">",
        "<svg><script>" + RUN + "</script></svg>",
        "<svg><animate onbegin=" + RUN + " attributeName=x dur=1s>",
        "<svg><a xlink:href=\"javascript:" + RUN + "\"><text x=20 y=20>x</text></a></svg>",
        "<svg><style><img src=x onerror=" + RUN + "></style></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror="
            + RUN
            + "&gt;\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=" + RUN + ">",
        "<noscript><p title=\"</noscript><img src=x onerror=" + RUN + ">\">",
        "<template><script>" + RUN + "</script></template>",
        "<a href=\"javascript:" + RUN + "\">x</a>",
        "<a href=\"&#106;avascript&colon;" + RUN + "\">x</a>",
        "<a href=\"java\tscript:" + RUN + "\">x</a>",
        "<a href=\" javascript:" + RUN + "\">x</a>",
        "<a href=\"data:text/html,<script>" + RUN + "</script>\">x</a>",
        "<a href=\"vbscript:x\">x</a>",
        "<iframe srcdoc=\"<script>parent." + RUN + "</script>\"></iframe>",
        "<iframe src=\"javascript:parent." + RUN + "\"></iframe>",
        "<iframe src=\"" + FAR + "\"></iframe>",
        "<object data=\"data:text/html,<script>" + RUN + "</script>\"></object>",
        "<embed src=\"" + FAR + "\">",
        "<meta http-equiv=refresh content=\"0;url=" + FAR + "\">",
        "<base href=\"" + FAR + "/\"><img src=y>",
        "<form action=\"" + FAR + "\"><input name=q autofocus onfocus=" + RUN + "></form>",
        "<button formaction=\"javascript:" + RUN + "\">x</button>",
        "<details open ontoggle=" + RUN + ">",
        "<video><source onerror=" + RUN + "></video>",
        "<video src=\"" + FAR + "\" autoplay></video>",
        "<body onload=" + RUN + ">",
        "<marquee onstart=" + RUN + ">x</marquee>",
        "<input autofocus onfocus=" + RUN + ">",
        "<img src=\"" + FAR + "\">",
        "<img srcset=\"" + FAR + " 1x\">",
        "<picture><source srcset=\"" + FAR + "\"><img src=x></picture>",
        "<img src=\"data:image/svg+xml,<svg onload="
            + RUN
            + " xmlns='http://www.w3.org/2000/svg'/>\">",
        "<table background=\"" + FAR + "\"><tr><td>x</table>",
        "<link rel=stylesheet href=\"" + FAR + "\">",
        "<link rel=prefetch href=\"" + FAR + "\">",
        "<style>@import url(" + FAR + ");</style>",
        "<style>body{background:url(" + FAR + ")}</style>",
        "<style>*{display:none}</style>",
        "<div style=\"background:url(" + FAR + ")\">x</div>",
        "<div style=\"background:\\75rl(" + FAR + ")\">x</div>",
        "<div style=\"width:expression(" + RUN + ")\">x</div>",
        "<div style=\"position:fixed;top:0;left:0;width:100%;height:100%\">x</div>",
        "<p style=\"behavior:url(" + FAR + ");-moz-binding:url(" + FAR + ")\">x</p>",
        "<a ping=\"" + FAR + "\" href=\"http://x.invalid/\">x</a>",
        "<xmp><p title=\"</xmp><img src=x onerror=" + RUN + ">\">",
        "<!--><img src=x onerror=" + RUN + ">-->",
        "<![CDATA[><img src=x onerror=" + RUN + ">]]>",
        "<scr\u0000ipt>" + RUN + "</scr\u0000ipt>",
        "[[${7*7}]] th:text=\"${7*7}\" ${{7*7}} __${7*7}__",
        "javascript:" + RUN,
        "{{constructor.constructor('" + RUN + "')()}}");
  }

  private HostileHtml() {}
}
