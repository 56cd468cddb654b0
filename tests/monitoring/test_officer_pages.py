def test_it(world, visit):
    b = visit(world.officer)
    r = b.get("/my-actions/")
    open("/tmp/officer/mine.html","w").write(r.content.decode())
    assert r.status_code == 200
    for u in ("/actions/1.2/", "/actions/1.2/update/", "/actions/1.2/moves/?move=deliver"):
        r = b.get(u)
        assert r.status_code == 200, u
    r = visit(world.lead).get("/actions/1.2/moves/?move=withdraw")
    assert r.status_code == 200
