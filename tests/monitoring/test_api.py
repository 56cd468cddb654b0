import json
from tests.world import World

def test_x(world, visit):
    for who in ("officer","member","partner","admin","director"):
        c = visit(getattr(world, who))
        for url in ("/api/","/api/actions/","/api/actions/1.1/","/api/actions/1.1/history/","/api/actions/1.1/updates/","/api/themes/","/api/themes/front-door/","/api/findings/","/api/visits/","/api/measures/","/api/papers/","/api/meetings/","/api/me/","/api/x/", "/api/actions/?x=1", "/api/actions/?on=2099-01-01&theme=zz&delivery=red", "/api/actions/?page=7","/api/actions/?page_size=101","/api/actions/%00/"):
            r = c.get(url)
            print(who, url, r.status_code, r.content.decode()[:1500])
        r = c.get("/api/findings/").json().get("results")
        if r: print(c.get(f"/api/findings/{r[0]['reference']}/").content)
        r = c.get("/api/visits/").json().get("results")
        if r: print(c.get(f"/api/visits/{r[0]['reference']}/").content)
    r = visit(None).get("/api/actions/"); print(r.status_code, r.content, r.headers)
    c = visit(world.officer)
    r = c.post("/api/actions/1.1/moves/", json.dumps({"move":"deliver"}), content_type="application/json")
    print(r.status_code, r.content, r.headers)
    assert 0
