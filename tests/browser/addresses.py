"""The addresses of things and lists that tests of every page share."""

THINGS = (
    "/actors?format=html",
    "/actors/antony-blinken?format=html",
    "/posts?format=html",
    "/posts/arm-prime-minister?format=html",
    "/organisations?format=html",
    "/organisations/csto?format=html&as_of=2022-09-22",
    "/treaties?format=html",
    "/treaties/cst?format=html&as_of=2022-09-13",
    "/events?format=html",
    "/events/attack-on-armenia-2022-09?format=html",
    "/stances/arm-appeal-for-help-2022-09-14?format=html",
    "/claims/claim-azerbaijan-attacked-2022-09-13?format=html",
    "/memberships/csto-uzb?format=html",
    "/tenures/nikol-pashinyan-arm-prime-minister-3?format=html",
    "/sources?format=html",
    "/sources/tass-world-1506687?format=html",
    "/compare?actor=csto&from=2012-01-01&to=2022-09-22&format=html",
    "/stories?format=html",
    "/queries/members-of?alliance=csto&as_of=2022-09-13&format=html",
)
